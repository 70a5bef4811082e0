'use strict';

// express-session with session-file-store: a file for each session.

const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const session = require('express-session');
const FileStore = require('session-file-store')(session);
const serve = require('./express_app');

const path = mkdtempSync(join(tmpdir(), 'atlas-'));
process.on('exit', () => rmSync(path, { recursive: true, force: true }));
process.on('SIGTERM', () => process.exit(0));

serve(
  session({
    store: new FileStore({ path, logFn: () => {} }),
    secret: 'development-only',
    resave: false,
    saveUninitialized: true,
  }),
);
