#!/usr/bin/env node
'use strict';

// Runs the command that this package carries for this machine, and ends as it ends.

const { spawn } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { isatty } = require('node:tty');

const WRONG_USAGE = 2; // what the command ends with where it cannot begin

function refuse(why) {
  process.stderr.write(`crumbproof: ${why}\n`);
  process.exit(WRONG_USAGE);
}

// The version of the C library that runs this process; nothing where it is another one than glibc.
function glibc() {
  process.report.excludeNetwork = true; // which takes long, and is not looked at
  return process.report.getReport().header.glibcVersionRuntime;
}

function isOlder(version, than) {
  const [major, minor] = version.split('.').map(Number);
  const [thanMajor, thanMinor] = than.split('.').map(Number);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}

// Without the right C library the loader would end with exit code 1, which says that a property is
// broken.
function command() {
  const folder = path.join(__dirname, '..', `${process.platform}-${process.arch}`);
  if (!existsSync(folder)) {
    refuse(`this package has no program for ${process.platform} on ${process.arch}; it runs on Linux ` +
           '(x64, arm64), or in a container of it');
  }
  const needed = readFileSync(path.join(folder, 'glibc'), 'utf8').trim();
  const here = glibc();
  if (here === undefined || isOlder(here, needed)) {
    refuse(`it needs glibc ${needed} or later, as Debian 12 and Ubuntu 24.04 have, and this system ` +
           `has ${here === undefined ? 'another C library' : `glibc ${here}`}`);
  }
  return path.join(folder, 'crumbproof');
}

const child = spawn(command(), process.argv.slice(2), { stdio: 'inherit' });
child.on('error', (error) => refuse(`its program does not start: ${error.message}`));

// A second signal would end the command at once, without its report. At a terminal Ctrl-C comes to
// both processes, so it is not passed on.
const atTerminal = [0, 1, 2].some((stream) => isatty(stream));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !atTerminal) child.kill(signal);
  });
}

child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
