'use strict';

// Counts the messages of a conversation in a cookie of its own, without any framework, as a
// serverless function does.

const http = require('node:http');

http
  .createServer((req, res) => {
    const kept = /(?:^|; )count=([0-9]+)/.exec(req.headers.cookie ?? '');
    const count = Number(kept?.[1] ?? 0) + 1;
    req.resume();
    res.setHeader('Set-Cookie', `count=${count}`);
    res.setHeader('Content-Type', 'text/xml');
    res.end(`<Response><Message>Message number ${count}</Message></Response>`);
  })
  .listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
