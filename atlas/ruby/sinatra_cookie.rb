# frozen_string_literal: true

# Sinatra's `enable :sessions`: Rack::Protection::EncryptedCookie, which encrypts the session.

require_relative 'sinatra_app'

enable :sessions
set :session_secret, 'development only, and as long as the sixty-four characters asked for'
