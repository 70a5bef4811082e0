# frozen_string_literal: true

# Rails' sessions in the store that is named: cookie_store (encrypted), or cache_store.

require 'action_controller/railtie'
require 'rack/handler/puma'
require_relative 'dialogue'

class App < Rails::Application
  config.eager_load = true
  config.secret_key_base = 'development only, and as long as it likes'
  config.hosts.clear
  config.logger = Logger.new(nil)
  config.cache_store = :memory_store
  config.session_store ARGV.first.to_sym, key: '_pizza_session'
  routes.append { post '/sms', to: 'sms#create' }
end

class SmsController < ActionController::Base
  def create
    basket = session.fetch(:basket, '')
    Dialogue.price
    session[:basket], reply = Dialogue.turn(basket, params[:Body])
    render plain: Dialogue.twiml(reply), content_type: 'text/xml'
  end
end

App.initialize!
Rack::Handler::Puma.run(App, Host: '127.0.0.1', Port: ENV.fetch('PORT', '3000'), Silent: true)
