'use strict';

// @fastify/secure-session: the session is in an encrypted cookie.

const fastify = require('fastify');
const { turn, twiml, price, port } = require('./dialogue');

const app = fastify();
app.register(require('@fastify/formbody'));
app.register(require('@fastify/secure-session'), {
  secret: 'development only, and longer than 32 characters',
  salt: 'a16characterSalt',
  cookie: { path: '/' },
});

app.post('/sms', async (request, reply) => {
  const basket = request.session.get('basket') ?? '';
  await price();
  const [next, said] = turn(basket, request.body.Body);
  request.session.set('basket', next);
  return reply.type('text/xml').send(twiml(said));
});

app.listen({ port, host: '127.0.0.1' });
