'use strict';

// express-session with its default store, the memory of this process.

const session = require('express-session');
const serve = require('./express_app');

serve(session({ secret: 'development-only', resave: false, saveUninitialized: true }));
