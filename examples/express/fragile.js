'use strict';

// Orders a pizza over SMS, and keeps the conversation in the session, as most
// tutorials do. The session is found by its cookie alone: if one webhook comes
// without it, express-session starts an empty session, whose id then replaces
// the old one, and the order is gone.

const express = require('express');
const session = require('express-session');
const { twiml } = require('twilio');
const { START, turn } = require('./dialogue');

const app = express();
app.use(express.urlencoded({ extended: false }));
app.use(
  session({
    secret: 'development-only-not-a-secret',
    resave: false,
    saveUninitialized: true,
  }),
);

function sms(req, res) {
  const params = req.method === 'POST' ? req.body ?? {} : req.query;
  const { step, order, reply } = turn(req.session.conversation ?? START, String(params.Body ?? ''));
  req.session.conversation = { step, order };

  const response = new twiml.MessagingResponse();
  response.message(reply);
  res.type('text/xml').send(response.toString());
}

app.route('/sms').get(sms).post(sms);

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(`Listening on http://127.0.0.1:${server.address().port}/sms`);
});

process.once('SIGTERM', () => process.exit(0));
