'use strict';

// cookie-session: the session is in a cookie, its signature in another.

const session = require('cookie-session');
const serve = require('./express_app');

serve(session({ name: 'session', keys: ['development-only'] }));
