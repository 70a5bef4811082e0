'use strict';

// koa-session: the session is in a cookie, or, as `koa_session.js store`, in a store of our own.

const { bodyParser } = require('@koa/bodyparser');
const Koa = require('koa');
const { createSession } = require('koa-session');
const { turn, twiml, price, port } = require('./dialogue');

const kept = new Map();
const store = {
  get: async (id) => JSON.parse(kept.get(id) ?? '{}'),
  set: async (id, value) => void kept.set(id, JSON.stringify(value)),
  destroy: async (id) => void kept.delete(id),
};

const app = new Koa();
app.keys = ['development-only'];
app.use(bodyParser({ enableTypes: ['form'] }));
app.use(createSession(process.argv[2] === 'store' ? { store } : {}, app));

app.use(async (ctx) => {
  const basket = ctx.session.basket ?? '';
  await price();
  const [next, reply] = turn(basket, ctx.request.body.Body);
  ctx.session.basket = next;
  ctx.type = 'text/xml';
  ctx.body = twiml(reply);
});

app.listen(port, '127.0.0.1');
