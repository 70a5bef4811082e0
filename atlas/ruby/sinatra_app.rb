# frozen_string_literal: true

# The webhook on Sinatra, served by Puma's threads; whoever requires it chooses the session.

require 'sinatra'
require_relative 'dialogue'

set :run, true
set :bind, '127.0.0.1'
set :port, ENV.fetch('PORT', '3000')
set :server, 'puma'
set :quiet, true

post '/sms' do
  basket = session.fetch(:basket, '')
  Dialogue.price
  session[:basket], reply = Dialogue.turn(basket, params['Body'])
  content_type 'text/xml'
  Dialogue.twiml(reply)
end
