'use strict';

// Orders a pizza over SMS, and keeps the conversation in a database under
// (From, To), which every webhook carries. The cookie holds a copy, used only
// when it is known to be the latest: without it the app is slower, never wrong.

const { randomUUID } = require('node:crypto');
const cookieSession = require('cookie-session');
const express = require('express');
const { Database } = require('node-sqlite3-wasm');
const { twiml } = require('twilio');
const { START, turn } = require('./dialogue');

const db = new Database(process.env.DATABASE || ':memory:');
db.exec(`CREATE TABLE IF NOT EXISTS conversations (
  sender TEXT, recipient TEXT,
  step TEXT NOT NULL, "order" TEXT NOT NULL, version TEXT NOT NULL,
  PRIMARY KEY (sender, recipient))`);

// The version is asked for each time; the rest only if the copy is not of that
// version. (The rest is small here. Think of a long history, or another host.)
function load(pair, copy) {
  const where = 'FROM conversations WHERE sender = ? AND recipient = ?';
  const latest = db.get(`SELECT version ${where}`, pair);
  if (!latest) return START;
  if (copy.version === latest.version) return { step: copy.step, order: copy.order, version: copy.version };
  return db.get(`SELECT step, "order", version ${where}`, pair);
}

// A version is random, not counted, so that no two states ever share one: not
// those of two senders, nor those before and after the database was replaced.
function save(pair, { step, order }) {
  const version = randomUUID();
  db.run('INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?, ?)', [...pair, step, order, version]);
  return { step, order, version };
}

const app = express();
app.use(express.urlencoded({ extended: false }));
// Signed: a copy that anyone could write would be no copy.
app.use(cookieSession({ name: 'copy', keys: ['development-only-not-a-secret'] }));

// Nothing here waits between load and save, so requests to this process take
// turns, even those that arrive together.
function sms(req, res) {
  const params = req.method === 'POST' ? req.body ?? {} : req.query;
  const pair = [String(params.From ?? ''), String(params.To ?? '')];

  let conversation = load(pair, req.session);
  const { step, order, reply } = turn(conversation, String(params.Body ?? ''));
  if (step !== conversation.step || order !== conversation.order) {
    conversation = save(pair, { step, order });
  }
  if (conversation.version) req.session = conversation;

  const response = new twiml.MessagingResponse();
  response.message(reply);
  res.type('text/xml').send(response.toString());
}

app.route('/sms').get(sms).post(sms);

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(`Listening on http://127.0.0.1:${server.address().port}/sms`);
});

process.once('SIGTERM', () => {
  db.close();
  process.exit(0);
});
