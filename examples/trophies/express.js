'use strict';

// Counts the messages of a conversation in express-session, as a tutorial would.

const express = require('express');
const session = require('express-session');

const app = express();
app.use(express.urlencoded({ extended: false }));
app.use(session({ secret: 'development-only', resave: false, saveUninitialized: true }));

app.post('/sms', (req, res) => {
  const count = (req.session.count ?? 0) + 1;
  req.session.count = count;
  res.type('text/xml').send(`<Response><Message>Message number ${count}</Message></Response>`);
});

app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
