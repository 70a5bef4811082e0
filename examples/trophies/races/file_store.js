'use strict';

// session-file-store renews a session that was only read by reading its file and writing it again:
// what another request has written in between is lost.

const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const session = require('express-session');
const FileStore = require('session-file-store')(session);
const serve = require('./common');

const path = mkdtempSync(join(tmpdir(), 'count-'));
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
