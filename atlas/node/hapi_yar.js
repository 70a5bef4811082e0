'use strict';

// @hapi/yar: the session is in an encrypted cookie as long as it is small, else in the server's
// cache; `hapi_yar.js cache` sends it there from the start.

const hapi = require('@hapi/hapi');
const yar = require('@hapi/yar');
const { turn, twiml, price, port } = require('./dialogue');

const password = 'development only, and longer than 32 characters';
const server = hapi.server({ port, host: '127.0.0.1' });

server.route({
  method: 'POST',
  path: '/sms',
  handler: async (request, h) => {
    const basket = request.yar.get('basket') ?? '';
    await price();
    const [next, reply] = turn(basket, request.payload.Body);
    request.yar.set('basket', next);
    return h.response(twiml(reply)).type('text/xml');
  },
});

async function main() {
  await server.register({
    plugin: yar,
    options: {
      storeBlank: false,
      maxCookieSize: process.argv[2] === 'cache' ? 0 : 1024,
      cookieOptions: { password, isSecure: false },
    },
  });
  await server.start();
}

main();
