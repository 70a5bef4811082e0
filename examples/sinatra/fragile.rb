# frozen_string_literal: true

# Orders a pizza over SMS, and keeps the conversation in Sinatra's session.
#
# That session is nothing but an encrypted cookie. If a webhook comes without it
# the conversation starts over; if it comes with an older one, it goes back in
# time.

require 'sinatra'
require_relative 'dialogue'

set :server, :puma
set :bind, '127.0.0.1'
set :port, ENV.fetch('PORT', 4567)
set :sessions, true
set :session_secret, 'development-only-not-a-secret, and as long as Rack wants it: 64 bytes'

sms = proc do
  step, order = session[:conversation] || START
  step, order, reply = turn(step, order, params['Body'].to_s)
  session[:conversation] = [step, order]

  content_type 'text/xml'
  twiml(reply)
end

get('/sms', &sms)
post('/sms', &sms)
