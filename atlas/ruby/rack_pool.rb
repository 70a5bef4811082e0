# frozen_string_literal: true

# Rack::Session::Pool under Sinatra: sessions in memory.

require_relative 'sinatra_app'

use Rack::Session::Pool
