'use strict';

// iron-session: the session is in an encrypted cookie.

const express = require('express');
const { getIronSession } = require('iron-session');
const { turn, twiml, price, port } = require('./dialogue');

const app = express();
app.use(express.urlencoded({ extended: false }));

app.post('/sms', async (req, res) => {
  const session = await getIronSession(req, res, {
    password: 'development only, and longer than 32 characters',
    cookieName: 'session',
    cookieOptions: { secure: false },
  });
  const basket = session.basket ?? '';
  await price();
  const [next, reply] = turn(basket, req.body.Body);
  session.basket = next;
  await session.save();
  res.type('text/xml').send(twiml(reply));
});

app.listen(port, '127.0.0.1');
