// Small apps with known vices, one a kind: node app.js KIND, on PORT.
'use strict';

const { createServer } = require('node:http');

const kind = process.argv[2];

// What an app must not be able to put into a report: each would run or load something.
const HOSTILE = [
  `</script><script>window.pwned = 'script'</script>`,
  `<img src=x onerror="window.pwned='image'">`,
  `--><svg onload="window.pwned='svg'">`,
  `</pre></details></title><iframe srcdoc="<script>parent.pwned='frame'</script>">`,
  `javascript:window.pwned='link' \u2028 \u202e"' onfocus=window.pwned='attribute'`,
].join(' ');

const sessions = new Map(); // by cookie
const conversations = new Map(); // by number
let drawn = 0;

function escaped(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function turn(state, said) {
  if (said === 'order') return ['size', 'What size, and how many?'];
  if (state === 'size') return [`confirm`, `${said}. Reply yes to confirm.`];
  if (state === 'confirm' && said === 'yes') return ['start', 'Confirmed.'];
  return ['start', 'Say order to begin.'];
}

function answer(request, response, form) {
  const said = form.get('Body') ?? '';
  const from = form.get('From');
  const sid = /(?:^|; )sid=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
  const known = sessions.get(sid);
  const headers = { 'Content-Type': 'text/xml' };
  const send = (status, reply) => {
    response.writeHead(status, headers);
    response.end(`<Response><!-- <script> --><Message>${escaped(reply)}</Message></Response>`);
  };
  if (kind === 'broken') return send(500, 'It broke.');
  if (kind === 'varying') {
    const words = ['yes', 'no', 'or so', 'we shall see', 'ask again'];
    return send(200, words[(drawn += 1 + Number(process.hrtime.bigint() % 3n)) % words.length]);
  }
  if (kind === 'sound') {
    const [state, reply] = turn(conversations.get(from), said);
    conversations.set(from, state);
    headers['Set-Cookie'] = 'sid=1; Path=/';
    return send(200, reply);
  }
  if (kind === 'several' && !sid && said !== 'order') return send(500, 'No session.');
  const [state, reply] = turn(known, said);
  const value = `secret-${(drawn += 1)}-${process.pid}`;
  sessions.set(value, state);
  headers['Set-Cookie'] = `sid=${value}; Path=/; HttpOnly`;
  return send(200, kind === 'hostile' ? `${reply} ${HOSTILE}` : reply);
}

createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => answer(request, response, new URLSearchParams(body)));
}).listen(Number(process.env.PORT), '127.0.0.1');

process.once('SIGTERM', () => process.exit(0));
