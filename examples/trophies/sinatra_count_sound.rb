# frozen_string_literal: true

# Counts the messages of a conversation in a database: each MessageSid once, under (From, To). Its
# number is how many of its pair were there with it or before, however often it is asked for.

require 'sinatra'
require 'sqlite3'

set :bind, '127.0.0.1'
set :port, ENV.fetch('PORT', '3000')
set :quiet, true

DB = SQLite3::Database.new(':memory:')
DB.execute('CREATE TABLE heard (sid TEXT UNIQUE, sender TEXT, recipient TEXT)')

post '/sms' do
  sid, from, to = params.values_at('MessageSid', 'From', 'To')
  DB.execute('INSERT OR IGNORE INTO heard VALUES (?, ?, ?)', [sid, from, to])
  number = DB.get_first_value(<<~SQL, [from, to, sid])
    SELECT count(*) FROM heard WHERE sender = ? AND recipient = ?
      AND rowid <= (SELECT rowid FROM heard WHERE sid = ?)
  SQL
  content_type 'text/xml'
  "<Response><Message>Message number #{number}</Message></Response>"
end
