'use strict';

// Refuses whatever Twilio's own validator refuses, and counts what it lets in.
// A reply depends on the text of its message only; the cookie is for show.

const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const cookieSession = require('cookie-session');
const express = require('express');
const twilio = require('twilio');

const { PORT, PUBLIC_URL, TLS_CERT, TLS_KEY } = process.env;

// Where a redirect leads: relative, with a query that decoding and encoding again would change.
const QUERY = 'note=a%20b%2Bc%26d%3De&caf%C3%A9=%7e%2f';

const counts = { accepted: {}, refused: {} };
const failedOnce = new Set();

const paramsOf = (req) => (req.method === 'POST' ? req.body : req.query) ?? {};

// Whatever a request is an example of; each is counted.
function kindsOf(req) {
  const params = paramsOf(req);
  const kinds = [`${req.method} ${req.path}`];
  if (params.Body !== undefined) kinds.push(`says ${params.Body}`);
  if (params.ErrorCode && params.ErrorUrl) kinds.push(`after error ${params.ErrorCode}`);
  if (failedOnce.has(params.MessageSid)) kinds.push('again after it failed once');
  for (const name of ['MediaUrl0', 'WaId', 'MessagingServiceSid', 'OptOutType', 'ButtonText']) {
    if (params[name]) kinds.push(`has ${name}`);
  }
  if (params.FromCountry) kinds.push(`from ${params.FromCountry}`);
  if (params.MessageStatus) kinds.push(`news: ${params.MessageStatus}`);
  return kinds;
}

// Behind a proxy the URL that was signed is the public one.
function validator() {
  if (!PUBLIC_URL) return twilio.webhook();
  const { protocol, host } = new URL(PUBLIC_URL);
  return twilio.webhook({ protocol, host });
}

const validate = validator();

function validateAndCount(req, res, next) {
  let accepted = false;
  validate(req, res, () => {
    accepted = true;
  });
  const counted = accepted ? counts.accepted : counts.refused;
  for (const kind of kindsOf(req)) counted[kind] = (counted[kind] ?? 0) + 1;
  if (accepted) next();
}

function answer(res, fill) {
  const response = new twilio.twiml.MessagingResponse();
  fill(response);
  res.type('text/xml').send(response.toString());
}

function sms(req, res) {
  const { Body: text, MessageSid: sid } = paramsOf(req);
  switch (text) {
    case 'redirect':
      return answer(res, (response) => response.redirect({ method: 'POST' }, `redirected?${QUERY}`));
    case 'redirect-get':
      return answer(res, (response) => response.redirect({ method: 'GET' }, `redirected?${QUERY}`));
    case 'moved':
      return res.status(307).set('Location', `/moved?${QUERY}`).end();
    case 'found':
      return res.status(302).set('Location', `/found?${QUERY}`).end();
    case 'news':
      return answer(res, (response) => response.message({ statusCallback: `status?${QUERY}` }, 'hi'));
    case 'fail':
      return res.status(500).end();
    case 'retry':
      if (!failedOnce.has(sid)) {
        failedOnce.add(sid);
        return res.status(500).end();
      }
  }
  return reply(req, res);
}

function reply(req, res) {
  const { Body: text = 'nothing' } = paramsOf(req);
  answer(res, (response) => response.message(`${req.path} heard: ${text}`));
}

const app = express();
app.get('/counts', (req, res) => res.json(counts));
app.use(express.urlencoded({ extended: false }));
app.use(cookieSession({ name: 'visits', keys: ['development-only-not-a-secret'] }));
app.use((req, res, next) => {
  req.session.count = (req.session.count ?? 0) + 1;
  next();
});
app.post('/status', validateAndCount, (req, res) => res.sendStatus(204));
app.route('/sms').all(validateAndCount).get(sms).post(sms);
for (const path of ['/redirected', '/moved', '/found', '/fallback']) {
  app.route(path).all(validateAndCount).get(reply).post(reply);
}

const server = TLS_CERT
  ? https.createServer({ cert: fs.readFileSync(TLS_CERT), key: fs.readFileSync(TLS_KEY) }, app)
  : http.createServer(app);
server.listen(Number(PORT), '127.0.0.1');

process.once('SIGTERM', () => process.exit(0));
