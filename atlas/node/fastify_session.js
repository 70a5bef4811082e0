'use strict';

// @fastify/session with its default store, the memory of this process.

const fastify = require('fastify');
const { turn, twiml, price, port } = require('./dialogue');

const app = fastify();
app.register(require('@fastify/formbody'));
app.register(require('@fastify/cookie'));
app.register(require('@fastify/session'), {
  secret: 'development only, and longer than 32 characters',
  cookie: { secure: false },
});

app.post('/sms', async (request, reply) => {
  const basket = request.session.basket ?? '';
  await price();
  const [next, said] = turn(basket, request.body.Body);
  request.session.basket = next;
  return reply.type('text/xml').send(twiml(said));
});

app.listen({ port, host: '127.0.0.1' });
