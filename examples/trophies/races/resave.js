'use strict';

// `resave: true` writes a session back at the end of every request, also of one that has only read
// it: what another request has written meanwhile is lost. `resave.js false` does not.

const session = require('express-session');
const serve = require('./common');

const resave = process.argv[2] !== 'false';
serve(session({ secret: 'development-only', resave, saveUninitialized: true }));
