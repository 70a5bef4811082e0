'use strict';

// An app that answers with what a page must not take for its own, fails, and dies, as it is told.

const http = require('node:http');

const MARKUP = '<img src=x onerror="window.harmed = true"><script>window.harmed = true</script>';
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const answers = {
  markup: () => ({ body: `<Response><Message>${escaped(MARKUP)}</Message></Response>`, headers: { 'X-Markup': MARKUP } }),
  fail: () => ({ status: 500, body: MARKUP, headers: { 'Content-Type': 'text/html' } }),
  die: () => process.exit(0),
};

const server = http.createServer((request, response) => {
  let form = '';
  request.on('data', (part) => { form += part; });
  request.on('end', () => {
    const said = new URLSearchParams(form).get('Body');
    const answer = answers[said]?.() ?? { body: '<Response/>' };
    response.writeHead(answer.status ?? 200, {
      'Content-Type': 'text/xml', 'Set-Cookie': `<b>markup</b>=${encodeURIComponent(MARKUP)}`, ...answer.headers,
    });
    response.end(answer.body);
  });
}).listen(Number(process.env.PORT), '127.0.0.1');

process.once('SIGTERM', () => server.close(() => process.exit(0)));
