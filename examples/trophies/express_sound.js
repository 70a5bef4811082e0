'use strict';

// Counts the messages of a conversation in a database: each MessageSid once, under (From, To). Its
// number is how many of its pair were there with it or before, however often it is asked for.

const express = require('express');
const { Database } = require('node-sqlite3-wasm');

const db = new Database(':memory:');
db.exec('CREATE TABLE heard (sid TEXT UNIQUE, sender TEXT, recipient TEXT)');

const app = express();
app.use(express.urlencoded({ extended: false }));

app.post('/sms', (req, res) => {
  const { MessageSid, From, To } = req.body;
  db.run('INSERT OR IGNORE INTO heard VALUES (?, ?, ?)', [MessageSid, From, To]);
  const { number } = db.get(
    `SELECT count(*) AS number FROM heard WHERE sender = ? AND recipient = ?
      AND rowid <= (SELECT rowid FROM heard WHERE sid = ?)`,
    [From, To, MessageSid],
  );
  res.type('text/xml').send(`<Response><Message>Message number ${number}</Message></Response>`);
});

app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
