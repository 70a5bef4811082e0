# frozen_string_literal: true

# Counts the messages of a conversation in Rack's session cookie, as a tutorial would.

require 'sinatra'

set :bind, '127.0.0.1'
set :port, ENV.fetch('PORT', '3000')
set :quiet, true
enable :sessions
set :session_secret, 'development only, and as long as the sixty-four characters asked for'

post '/sms' do
  session[:count] = session.fetch(:count, 0) + 1
  content_type 'text/xml'
  "<Response><Message>Message number #{session[:count]}</Message></Response>"
end
