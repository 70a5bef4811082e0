'use strict';

// The webhook on Express, for every middleware that gives a `req.session`.

const express = require('express');
const { turn, twiml, price, port } = require('./dialogue');

module.exports = (session) => {
  const app = express();
  app.use(express.urlencoded({ extended: false }));
  app.use(session);

  app.post('/sms', async (req, res) => {
    const basket = req.session.basket ?? '';
    await price();
    const [next, reply] = turn(basket, req.body.Body);
    req.session.basket = next;
    res.type('text/xml').send(twiml(reply));
  });

  app.listen(port, '127.0.0.1');
};
