# frozen_string_literal: true

# Rack::Session::Cookie under Sinatra: the session is in a signed cookie.

require_relative 'sinatra_app'

use Rack::Session::Cookie, secret: 'development only'
