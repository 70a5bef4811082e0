'use strict';

// client-sessions: the session is in an encrypted cookie.

const session = require('client-sessions');
const serve = require('./express_app');

serve(
  session({
    cookieName: 'session',
    secret: 'development-only',
    duration: 24 * 60 * 60 * 1000,
    activeDuration: 5 * 60 * 1000,
  }),
);
