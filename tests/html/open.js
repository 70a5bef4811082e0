// Opens reports of real checks in a real browser and operates them as a person would.
//
//   node open.js CRUMBPROOF [SCREENSHOTS]
//
// Exit 0: all is well; 1: something is not; 77: Chromium or the npm packages are missing on this
// machine, which is no excuse where CI is set. SCREENSHOTS is a folder for pictures to look at.
'use strict';

const assert = require('node:assert/strict');
const { execFile } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const CHROMIUM = '/usr/bin/chromium';
const TOKEN = 'an-auth-token-that-no-report-may-show';

function skip(why) {
  if (process.env.CI) {
    console.log(`FAILED: ${why}, and CI has to have it`);
    process.exit(1);
  }
  console.log(`skipped: ${why}`);
  process.exit(77);
}

if (!fs.existsSync(CHROMIUM)) skip(`${CHROMIUM} is not installed`);
if (!fs.existsSync(path.join(__dirname, 'node_modules'))) skip('run tools/setup test');

const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const [crumbproof, screenshots] = process.argv.slice(2).map((name) => path.resolve(name));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'crumbproof-html-'));

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// Checks an app of app.js; returns where the report is.
async function check(kind, exitCode, more = []) {
  const port = await freePort();
  const file = path.join(folder, `${kind}.html`);
  const start = `exec node '${path.join(__dirname, 'app.js')}' ${kind}`;
  const said = ['order', '2 large', 'yes'].flatMap((text) => ['--say', text]);
  const options = ['--start', `PORT=${port} ${start}`, ...said, '--html', file, ...more];
  const code = await new Promise((resolve) => {
    const child = execFile(
      crumbproof,
      ['check', `http://127.0.0.1:${port}/sms`, ...options],
      { cwd: folder, env: { ...process.env, TWILIO_AUTH_TOKEN: TOKEN }, timeout: 60000 },
      () => resolve(child.exitCode),
    );
  });
  assert.equal(code, exitCode, `exit code of check on ${kind}`);
  const text = fs.readFileSync(file, 'utf8');
  assert.ok(!text.includes(TOKEN), `${kind}: the auth token is in the report`);
  assert.ok(!/secret-\d/.test(text), `${kind}: a cookie value is in the report`);
  return file;
}

// Opens it, and lets nothing pass that the page complains of or asks the network for.
async function open(browser, file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== page.url() && !/^(file|data|blob):/.test(request.url())) {
      complaints.push(`it asked for ${request.url()}`);
    }
  });
  page.on('dialog', (dialog) => {
    complaints.push('it opened a dialog');
    dialog.dismiss();
  });
  await page.goto(pathToFileURL(file).href);
  page.complaints = complaints;
  return page;
}

// The page's own policy keeps scripts out, so axe is run where scripts of the browser's are.
async function accessible(page, what) {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.evaluate(`${axe}; 0`);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const found = result.violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).slice(0, 3).join(' | ')}`,
  );
  assert.deepEqual(found, [], `${what}: axe`);
}

async function picture(page, name) {
  if (screenshots === undefined) return;
  fs.mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: path.join(screenshots, `${name}.png`), fullPage: true });
}

async function done(page, what) {
  assert.deepEqual(page.complaints, [], `${what}: complaints of the page`);
  assert.equal(await page.evaluate('window.pwned'), undefined, `${what}: the app has run a script`);
  await page.context().close();
}

const focused = (page) => page.evaluate(() => document.activeElement.closest('[id]')?.id);
const isOpen = (page, id) => page.locator(`#${id}`).evaluate((details) => details.open);

async function headings(page, what) {
  assert.equal(await page.locator('h1').count(), 1, `${what}: one h1`);
  const levels = await page
    .locator('h1, h2, h3, h4, h5, h6')
    .evaluateAll((all) => all.map((heading) => Number(heading.tagName[1])));
  levels.forEach((level, i) => {
    assert.ok(i === 0 || level <= levels[i - 1] + 1, `${what}: heading ${i} skips a level`);
  });
}

async function failing(browser, file) {
  const page = await open(browser, file);
  assert.match(await page.locator('h1').innerText(), /^FAIL cookie-missing/);
  assert.match(await page.title(), /^FAIL: http/);
  await headings(page, 'failing');

  // The fault, and what is expected beside what came, with the difference marked.
  assert.equal(await isOpen(page, 'c1-actual-2'), true);
  assert.equal(await isOpen(page, 'c1-actual-1'), false);
  const second = page.locator('#c1-actual-2');
  assert.match(await second.locator('summary').innerText(), /missing/);
  assert.match(await second.locator('del').first().innerText(), /^−/);
  assert.match(await second.locator('ins').first().innerText(), /^\+/);
  assert.match(await second.innerText(), /Store before\s+version 1: sid from delivery 1/);
  assert.match(await second.innerText(), /Store after\s+version 2: sid from delivery 2/);
  assert.match(await second.innerText(), /Sent\s+no cookie/);
  assert.equal(
    await second.locator('.parameters tr', { hasText: 'Body' }).locator('td').innerText(),
    '2 large',
  );

  // By keyboard alone.
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the report');
  await page.locator('#c1-actual-1 > summary').focus();
  for (const [key, id, state] of [
    ['Enter', 'c1-actual-1', true],
    ['Space', 'c1-actual-1', false],
    ['ArrowRight', 'c1-actual-1', true],
    ['ArrowLeft', 'c1-actual-1', false],
    ['ArrowDown', 'c1-actual-2', true],
    ['ArrowDown', 'c1-actual-2', true],
    ['Home', 'c1-actual-1', false],
    ['End', 'c1-actual-2', true],
    ['ArrowUp', 'c1-actual-1', false],
  ]) {
    await page.keyboard.press(key);
    assert.equal(await focused(page), id, `${key} goes to ${id}`);
    assert.equal(await isOpen(page, id), state, `${key} leaves ${id} ${state ? 'open' : 'closed'}`);
  }

  // Links between a delivery and its twin open what they lead to.
  await second.getByRole('link', { name: 'Delivery 2 of the fresh twin' }).click();
  assert.equal(await isOpen(page, 'c1-twin-2'), true);
  assert.equal(await focused(page), 'c1-twin-2');
  await page.getByRole('group', { name: /under its faults/ }).getByRole('button', { name: 'Open all' }).click();
  assert.equal(await isOpen(page, 'c1-actual-1'), true);
  await page.getByRole('group', { name: /under its faults/ }).getByRole('button', { name: 'Close all' }).click();
  assert.equal(await isOpen(page, 'c1-actual-2'), false);

  // The state machine: what faults opened is red and dashed, and the table says the same.
  const opened = page.locator('.edge.opened path').first();
  const style = await opened.evaluate((edge) => {
    const { stroke, strokeDasharray } = getComputedStyle(edge);
    return { stroke, strokeDasharray };
  });
  assert.equal(style.stroke, 'rgb(179, 38, 30)');
  assert.notEqual(style.strokeDasharray, 'none');
  assert.match(await page.locator('tr.opened').first().innerText(), /2 large[^]*Say order[^]*under faults only[^]*missing/);
  const only = page.getByRole('button', { name: 'Only what faults opened' });
  await only.focus();
  await page.keyboard.press('Enter');
  assert.equal(await only.getAttribute('aria-pressed'), 'true');
  assert.equal(await page.locator('tr.plain').first().isVisible(), false);
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('tr.plain').first().isVisible(), true);

  const data = JSON.parse(await page.locator('#report').textContent());
  assert.equal(data.schema, 'crumbproof.report/1');
  assert.equal(data.verdict, 'fail');
  await accessible(page, 'failing');
  await done(page, 'failing');
}

// On paper all is open, and nothing is cut off.
async function printed(browser, file) {
  const page = await open(browser, file);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('nav').isVisible(), false);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.equal(await isOpen(page, 'c1-actual-1'), true);
  await picture(page, 'fragile-print');
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.equal(await isOpen(page, 'c1-actual-1'), false);
  assert.equal(await isOpen(page, 'c1-actual-2'), true);
  if (screenshots !== undefined) await page.pdf({ path: path.join(screenshots, 'fragile.pdf') });
  await done(page, 'printed');
}

// Without scripts the verdict, the counterexample and the twin are there, and open and close.
async function withoutScripts(browser, file) {
  const page = await open(browser, file, { javaScriptEnabled: false });
  assert.match(await page.locator('h1').innerText(), /^FAIL/);
  assert.match(await page.locator('#c1-actual-2').innerText(), /Say order to begin/);
  await page.locator('#c1-twin-2 > summary').press('Enter');
  assert.match(await page.locator('#c1-twin-2').innerText(), /Cookie: sid from delivery 1/);
  assert.ok(await page.locator('svg').isVisible());
  await page.context().close();
}

async function looks(browser, file, name) {
  for (const [scheme, width] of [['light', 1200], ['dark', 1200], ['light', 400]]) {
    const page = await open(browser, file, { colorScheme: scheme, viewport: { width, height: 900 } });
    const what = `${name} ${scheme} ${width}`;
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${what}: ${overflow} px too wide`);
    await headings(page, what);
    await picture(page, `${name}-${scheme}-${width}`);
    await accessible(page, what);
    await done(page, what);
  }
}

async function main() {
  const arguments_ = '--no-sandbox --headless --disable-gpu --disable-quic --no-first-run'
    + ' --disable-background-networking --disable-component-update --disable-sync';
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: arguments_.split(' ') });
  try {
    const fragile = await check('fragile', 1);
    await failing(browser, fragile);
    await printed(browser, fragile);
    await withoutScripts(browser, fragile);
    await looks(browser, fragile, 'fragile');
    for (const [kind, exitCode, verdict, ...more] of [
      ['sound', 0, /^PASS/],
      ['broken', 3, /^ERROR/],
      ['varying', 4, /^INCONCLUSIVE/],
      ['several', 1, /^FAIL [^]*cookie-missing[^]*no-crash/, '--keep-going'],
      ['hostile', 1, /^FAIL cookie-missing/],
    ]) {
      const file = await check(kind, exitCode, more);
      const page = await open(browser, file);
      assert.match(await page.locator('h1').innerText(), verdict);
      await done(page, kind);
      await looks(browser, file, kind);
      console.log(`${kind}: opened`);
    }
  } finally {
    await browser.close();
  }
  console.log('all is well');
}

main()
  .catch((error) => {
    console.log(`FAILED: ${error.stack}`);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(folder, { recursive: true }));
