# frozen_string_literal: true

# Orders a pizza over SMS, and keeps the conversation in a database under
# (From, To), which every webhook carries. The cookie holds a copy, used only
# when it is known to be the latest: without it the app is slower, never wrong.

require 'securerandom'
require 'sinatra'
require 'sqlite3'
require_relative 'dialogue'

set :server, :puma
set :bind, '127.0.0.1'
set :port, ENV.fetch('PORT', 4567)
set :sessions, true
set :session_secret, 'development-only-not-a-secret, and as long as Rack wants it: 64 bytes'

DB = SQLite3::Database.new(ENV.fetch('DATABASE', ':memory:'))
DB.execute(<<~SQL)
  CREATE TABLE IF NOT EXISTS conversations (
    sender TEXT, recipient TEXT,
    step TEXT NOT NULL, "order" TEXT NOT NULL, version TEXT NOT NULL,
    PRIMARY KEY (sender, recipient))
SQL

# The version is asked for each time; the rest only if the copy is not of that
# version. (The rest is small here. Think of a long history, or another host.)
def load(pair, copy)
  where = 'FROM conversations WHERE sender = ? AND recipient = ?'
  latest = DB.get_first_value("SELECT version #{where}", pair)
  return [*START, nil] unless latest
  return copy if copy&.last == latest

  DB.get_first_row("SELECT step, \"order\", version #{where}", pair)
end

# A version is random, not counted, so that no two states ever share one: not
# those of two senders, nor those before and after the database was replaced.
def save(pair, step, order)
  version = SecureRandom.hex(16)
  DB.execute('INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?, ?)', [*pair, step, order, version])
  version
end

# Webhooks are served by threads, and may arrive together: they take turns, those
# of this process by the lock, those of others by the transaction.
LOCK = Mutex.new

def in_turn
  result = nil
  LOCK.synchronize { DB.transaction(:immediate) { result = yield } }
  result
end

sms = proc do
  pair = [params['From'].to_s, params['To'].to_s]

  reply = in_turn do
    was_step, was_order, version = load(pair, session[:copy])
    step, order, reply = turn(was_step, was_order, params['Body'].to_s)
    version = save(pair, step, order) if [step, order] != [was_step, was_order]
    session[:copy] = [step, order, version] if version
    reply
  end

  content_type 'text/xml'
  twiml(reply)
end

get('/sms', &sms)
post('/sms', &sms)
