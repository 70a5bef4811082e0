'use strict';

// A list of things to do, over SMS, kept in express-session: `add milk` adds, `list` only reads.
// Either waits for what a query takes.

const express = require('express');

const query = () => new Promise((done) => setTimeout(done, 30));

module.exports = (session) => {
  const app = express();
  app.use(express.urlencoded({ extended: false }));
  app.use(session);

  app.post('/sms', async (req, res) => {
    const [word, ...rest] = req.body.Body.split(' ');
    const things = req.session.things ?? [];
    await query();
    if (word === 'add') req.session.things = [...things, rest.join(' ')];
    const told = (req.session.things ?? []).join(', ') || 'nothing';
    res.type('text/xml').send(`<Response><Message>To do: ${told}</Message></Response>`);
  });

  app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
};
