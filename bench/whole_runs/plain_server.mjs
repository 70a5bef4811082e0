// The app of the whole-run benchmarks: answers each webhook with what was said, and sets no cookie
// unless COOKIE is set. It does as little as a Node server can, so that a client's own cost shows.
// HTTPS with KEY and CERT (files); prints its port as soon as it listens.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

const { COOKIE, KEY, CERT, PORT = '0' } = process.env;

function answer(request, response) {
  let body = '';
  request.setEncoding('latin1');
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    const said = new URLSearchParams(body).get('Body') ?? '';
    const text = `<Response><Message>You said ${said.replace(/[<&]/g, '')}</Message></Response>`;
    const headers = { 'Content-Type': 'text/xml', 'Content-Length': Buffer.byteLength(text) };
    if (COOKIE) headers['Set-Cookie'] = `last=${encodeURIComponent(said)}; Path=/`;
    response.writeHead(200, headers);
    response.end(text);
  });
}

const server = KEY
  ? https.createServer({ key: readFileSync(KEY), cert: readFileSync(CERT) }, answer)
  : http.createServer(answer);
server.keepAliveTimeout = 60_000;
server.listen(Number(PORT), '127.0.0.1', () => console.log(server.address().port));
