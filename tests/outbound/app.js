// Answers by the API, not by TwiML, and counts a sender's messages: fragile keeps the number in its
// cookie, sound keeps it under the sender and lets the cookie alone.
'use strict';

const express = require('express');
const twilio = require('twilio');

const client = twilio(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN);
client.api.baseUrl = process.env.TWILIO_API_BASE_URL;

const fragile = process.argv[2] === 'fragile';
const origin = `http://127.0.0.1:${process.env.PORT}`;
const counts = new Map();
const app = express();
app.use(express.urlencoded({ extended: false }));
app.use(twilio.webhook({ validate: true }, process.env.TWILIO_AUTH_TOKEN));

app.post('/status', (req, res) => res.sendStatus(204));

app.post('/sms', async (req, res) => {
  const cookie = /count=(\d+)/.exec(req.headers.cookie ?? '');
  const before = fragile ? Number(cookie?.[1] ?? 0) : counts.get(req.body.From) ?? 0;
  const count = before + 1;
  counts.set(req.body.From, count);
  // Some are sent before the answer, some after it.
  const send = () => client.messages.create({
    to: req.body.From, from: req.body.To, body: `message ${count}`, statusCallback: `${origin}/status`,
  });
  if (count % 2) await send();
  res.cookie('count', String(count)).type('text/xml').send('<Response/>');
  if (count % 2 === 0) setTimeout(send, 5);
});

app.listen(Number(process.env.PORT), '127.0.0.1');
