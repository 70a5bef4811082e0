// An app that counts messages: in its cookie, or, as `node app.js sound`, by their sender.
import { createServer } from 'node:http';

const sound = process.argv[2] === 'sound';
const counts = new Map();

function count(request, body) {
  const sender = new URLSearchParams(body).get('From');
  const before = sound
    ? counts.get(sender)
    : /n=(\d+)/.exec(request.headers.cookie ?? '')?.[1];
  const now = Number(before ?? 0) + 1;
  counts.set(sender, now);
  return now;
}

createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const now = count(request, body);
  response.writeHead(200, { 'Content-Type': 'text/xml', 'Set-Cookie': `n=${now}` });
  response.end(`<Response><Message>message ${now}</Message></Response>`);
}).listen(Number(process.env.PORT ?? 3000), '127.0.0.1');

process.once('SIGTERM', () => process.exit(0));
