'use strict';

// The command, an example app behind it, and a browser in front of it.

const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const LIMIT = 20_000; // ms for one thing; a hang is a failure

/** Nothing more can be tried on this machine, which is no excuse where CI is set. */
function skip(why) {
  console.log(process.env.CI ? `FAILED: ${why}, and CI has to have it` : `skipped: ${why}`);
  process.exit(process.env.CI ? 1 : 77);
}

function browserLibrary() {
  if (!fs.existsSync(CHROMIUM)) skip(`${CHROMIUM} is not installed`);
  try {
    return require('playwright-core');
  } catch {
    return skip(`the packages of ${__dirname} are not installed: run tools/setup test`);
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** crumbproof serve in a folder of its own, once it says where its page is. */
async function serve(crumbproof, app) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'crumbproof-phone-'));
  const port = await freePort();
  const command = `PORT=${port} ${process.execPath} ${app}`;
  const child = spawn(crumbproof, ['serve', `http://127.0.0.1:${port}/sms`, '--start', command], { cwd: folder });
  let said = '';
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (part) => {
      said += part;
      const found = said.match(/ is at (http:\/\/127\.0\.0\.1:\d+\/)/);
      if (found) resolve(found[1]);
    });
    child.stderr.on('data', (part) => { said += part; });
    child.on('exit', () => reject(new Error(`serve ended: ${said}`)));
  });
  const ended = new Promise((resolve) => { child.on('exit', (code) => resolve(code)); });
  const stop = async () => {
    child.kill('SIGINT');
    const code = await ended;
    fs.rmSync(folder, { recursive: true, force: true });
    return code;
  };
  return { url, folder, port, stop };
}

/** Runs the command to its end; its exit code and what it printed. */
function run(crumbproof, args, folder) {
  try {
    return { code: 0, out: execFileSync(crumbproof, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe', timeout: 60_000 }) };
  } catch (failure) {
    return { code: failure.status, out: `${failure.stdout}${failure.stderr}` };
  }
}

async function open(library, url, options = {}) {
  const browser = await library.chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(LIMIT);
  const troubles = [];
  page.on('console', (message) => { if (message.type() === 'error') troubles.push(message.text()); });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('blob:')) troubles.push(`it asked ${request.url()}`);
  });
  await page.goto(url);
  return { browser, context, page, troubles };
}

module.exports = { LIMIT, browserLibrary, open, run, serve, skip };
