'use strict';

// Plays with the phone in a real browser, in front of the fragile Express app.
//
//   node tests/phone/browser/test.js CRUMBPROOF [FOLDER FOR SCREENSHOTS]
//
// Exit 0: all is as it should be; 1: it is not; 77: Chromium or a package is missing.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { browserLibrary, open, run, serve } = require('./stage');

const ROOT = path.resolve(__dirname, '../../..');
const APP = path.join(ROOT, 'examples/express/fragile.js');
const HOSTILE = path.join(__dirname, 'hostile_app.js');
const [crumbproof, pictures] = process.argv.slice(2);

const SIZE = "What size, and how many? For example '2 large'.";
const LARGE = '2 large pizzas. Reply yes to confirm';
const BEGIN = "Text 'order' to begin.";

const bubbles = (page, kind) => page.locator(`#talk li.${kind} .bubble`).allTextContents();
const settled = (page) => page.waitForFunction(() => document.body.getAttribute('aria-busy') !== 'true');
const messages = async (page) => (await page.locator('#talk li.own').count());

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}

async function say(page, text, button = 'Send') {
  const before = await messages(page);
  await page.getByLabel('Text message', { exact: true }).fill(text);
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.waitForFunction((count) => document.querySelectorAll('#talk li.own').length > count, before);
  await settled(page);
}

async function click(page, name) {
  await page.getByRole('button', { name, exact: true }).click();
  await settled(page);
}

const toggle = (page, kind) => page.locator(`[data-kind="${kind}"]`).click();
const tab = (page, name) => page.getByRole('tab', { name }).click();
const panel = (page) => page.locator('#panel').innerText();

async function downloaded(page, button) {
  await page.locator('#save > summary').click();
  const [download] = await Promise.all([page.waitForEvent('download'), click(page, button)]);
  return { name: download.suggestedFilename(), text: fs.readFileSync(await download.path(), 'utf8') };
}

const tests = {
  async 'a text is answered, and shown as Twilio sends it'({ page }) {
    await picture(page, 'empty');
    await page.getByLabel('Text message', { exact: true }).fill('order');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#talk li.app');
    assert.deepEqual(await bubbles(page, 'app'), [SIZE]);
    const request = await panel(page);
    for (const part of ['POST', '/sms', 'MessageSid', 'I-Twilio-Idempotency-Token', 'order', 'It carried no cookie']) {
      assert.ok(request.includes(part), `the request shows ${part}`);
    }
    await picture(page, 'request');
    await tab(page, 'Response');
    const response = await panel(page);
    assert.ok(response.includes('Status 200') && response.includes('<Message>') && response.includes('Set-Cookie'));
    await picture(page, 'response');
    await tab(page, 'Cookie store');
    const store = await panel(page);
    assert.ok(store.includes('Version 1 (now)') && store.includes('connect.sid') && store.includes('in 3 h 59 min'));
    await picture(page, 'store');
  },

  async 'a missing cookie loses the order, and the twin shows what was to be expected'({ page }) {
    await tab(page, 'Fresh twin');
    await page.getByRole('switch').click();
    await settled(page);
    await toggle(page, 'missing');
    assert.equal(await page.locator('[data-kind="missing"]').getAttribute('aria-pressed'), 'true');
    await picture(page, 'armed');
    await say(page, '2 large');
    assert.deepEqual(await bubbles(page, 'app'), [SIZE, BEGIN]);
    assert.deepEqual(await bubbles(page, 'twin'), [`≠ ${LARGE}`]);
    assert.match(await page.locator('#talk').innerText(), /✗ missing: the Cookie header was withheld/);
    assert.match(await panel(page), /≠ differs/);
    await picture(page, 'missing');
  },

  async 'what was done is saved for replay, and fails again'({ page, crumb }) {
    const file = await downloaded(page, 'Save for replay');
    assert.equal(file.name, 'crumbproof-phone.json');
    assert.equal(JSON.parse(file.text).property, 'cookie-missing');
    fs.writeFileSync(path.join(crumb.folder, file.name), file.text);
    const replay = run(crumbproof, ['replay', file.name, `http://127.0.0.1:${crumb.port}/sms`], crumb.folder);
    assert.equal(replay.code, 1, replay.out);
    assert.match(replay.out, /FAILED/);
  },

  async 'a fault that would make no difference cannot be chosen'({ page }) {
    await click(page, 'New conversation');
    assert.ok(await page.locator('[data-kind="missing"]').isDisabled());
    assert.ok(await page.locator('[data-kind="duplicate"]').isEnabled());
    assert.equal(await messages(page), 0);
  },

  async 'a text is sent twice'({ page }) {
    await say(page, 'order', 'Send twice');
    assert.equal((await bubbles(page, 'app')).length, 2);
    assert.match(await page.locator('#deliveries').innerText(), /2 · “order” duplicate · 200/);
  },

  async 'two texts are sent at once, and the conversation goes on'({ page }) {
    await page.locator('#two > summary').click();
    await page.getByLabel('Second text message').fill('yes');
    await say(page, '2 large', 'Send both at once');
    assert.equal(await messages(page), 3);
    assert.match(await page.locator('#talk').innerText(), /✗ overlap/);
    await say(page, 'order');
    assert.equal(await messages(page), 4);
    assert.equal(await page.locator('#trouble').innerText(), '');
    await picture(page, 'both');
  },

  async 'four hours later the cookie is gone'({ page }) {
    await click(page, 'New conversation');
    await say(page, 'order');
    await click(page, 'Jump 4 hours');
    assert.match(await page.locator('#clock').innerText(), /4 h/);
    await tab(page, 'Cookie store');
    assert.match(await panel(page), /expired/);
    assert.match(await panel(page), /would carry no cookie/);
    await picture(page, 'expired');
    await say(page, '2 large');
    assert.deepEqual(await bubbles(page, 'app'), [SIZE, BEGIN]);
    assert.match(await page.locator('#talk').innerText(), /4 h later/);
  },

  async 'undo has all but the last step again'({ page }) {
    await click(page, 'Undo');
    assert.deepEqual(await bubbles(page, 'app'), [SIZE]);
    await click(page, 'Undo');
    assert.doesNotMatch(await page.locator('#clock').innerText(), /4 h/);
  },

  async 'a second phone has a conversation of its own'({ page }) {
    await page.getByText('Phone 2').click();
    await say(page, '2 large');
    assert.deepEqual((await bubbles(page, 'app')).slice(-1), [BEGIN]);
    assert.match(await page.locator('#talk').innerText(), /from phone 2/);
    await page.getByText('Phone 1').click();
  },

  async 'what was done is saved as a scenario that check takes'({ page, crumb }) {
    await say(page, '2 large');
    const file = await downloaded(page, 'Save as scenario');
    assert.equal(file.name, 'crumbproof.yaml');
    fs.writeFileSync(path.join(crumb.folder, 'saved.yaml'), file.text);
    const check = run(crumbproof, ['check', `http://127.0.0.1:${crumb.port}/sms`, '--scenario', 'saved.yaml', '--max-faults', '1'], crumb.folder);
    assert.equal(check.code, 1, check.out);
    assert.match(check.out, /cookie-missing/);
  },

  async 'a scenario file that is there is replaced only when that is said'({ page, crumb }) {
    const there = path.join(crumb.folder, 'crumbproof.yaml');
    await page.locator('#save > summary').click();
    await click(page, 'Write crumbproof.yaml here');
    assert.match(fs.readFileSync(there, 'utf8'), /by hand/);
    fs.writeFileSync(there, 'mine');
    await page.locator('#save > summary').click();
    await click(page, 'Write crumbproof.yaml here');
    assert.equal(fs.readFileSync(there, 'utf8'), 'mine');
    await click(page, 'Replace it');
    assert.match(fs.readFileSync(there, 'utf8'), /by hand/);
  },

  async 'all works by keyboard'({ page }) {
    await click(page, 'New conversation');
    await page.locator('#text').focus();
    await page.keyboard.type('order');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#talk li.app');
    await settled(page);
    await page.locator('[data-kind="missing"]').focus();
    await page.keyboard.press('Space');
    assert.equal(await page.locator('[data-kind="missing"]').getAttribute('aria-pressed'), 'true');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.kind), 'missing');
    await page.locator('#tab-request').focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator('#tab-response').getAttribute('aria-selected'), 'true');
  },

  async 'it has names for everything and enough contrast, in dark and in light'({ page }) {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
      // What is not about colours is the same in both.
      const options = colorScheme === 'light' ? {} : { runOnly: ['color-contrast'] };
      for (const name of ['Request', 'Response', 'Cookie store', 'Fresh twin']) {
        await tab(page, name);
        const found = await page.evaluate((rules) => window.axe.run(rules), options);
        assert.deepEqual(found.violations.map((one) => `${one.id}: ${one.nodes[0].html}`), []);
      }
      await picture(page, colorScheme);
    }
    await page.setViewportSize({ width: 390, height: 800 });
    await picture(page, 'narrow');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `it is ${overflow} px too wide for a phone`);
  },
};

const hostile = {
  async 'what an app says is never markup'({ page }) {
    await say(page, 'markup');
    assert.match((await bubbles(page, 'app'))[0], /^<img src=x onerror/);
    for (const name of ['Request', 'Response', 'Cookie store']) {
      await tab(page, name);
      assert.equal(await page.locator('main img, main script, main b').count(), 0);
    }
    await tab(page, 'Response');
    assert.match(await panel(page), /<script>window.harmed/);
    assert.equal(await page.evaluate(() => window.harmed), undefined);
  },

  async 'an app that fails gets Twilio’s code, and what to do about it'({ page }) {
    await say(page, 'fail');
    assert.match((await bubbles(page, 'failed'))[0], /status 500/);
    assert.match(await page.locator('#talk').innerText(), /11217: /);
    await tab(page, 'Response');
    assert.match(await panel(page), /Status 500/);
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    await picture(page, 'failing');
  },

  async 'an app that has died gets Twilio’s code too'({ page }) {
    await say(page, 'die');
    await say(page, 'hello');
    const failed = await bubbles(page, 'failed');
    assert.equal(failed.length, 3);
    assert.match(await page.locator('#talk').innerText(), /11202: /);
    await picture(page, 'dead');
  },

  async 'another site can neither read nor act'({ page, crumb }) {
    const other = await page.context().newPage();
    await other.goto('data:text/html,<p>another site</p>');
    const tried = await other.evaluate(async (url) => {
      const outcomes = [];
      for (const options of [{}, { method: 'POST', body: '{}' }, { method: 'POST', body: '{}', mode: 'no-cors' }]) {
        outcomes.push(await fetch(`${url}new`, options).then((answer) => answer.type, () => 'refused'));
      }
      return outcomes;
    }, crumb.url);
    assert.deepEqual(tried, ['refused', 'refused', 'refused']);
    await other.close();
    assert.match(await page.locator('#about').innerText(), /conversation 1/);
    const direct = await fetch(`${crumb.url}new`, { method: 'POST', body: '{}' });
    assert.equal(direct.status, 403);
  },

  async 'a server that has ended is told'({ page, crumb }) {
    assert.equal(await crumb.stop(), 0);
    await click(page, 'New conversation');
    assert.match(await page.locator('#trouble').innerText(), /has it ended/);
  },
};

/** Runs the tests on a page of its own in front of that app; says how many have failed. */
async function play(library, app, all) {
  const crumb = await serve(crumbproof, app);
  let failed = 0;
  let stage;
  try {
    stage = await open(library, crumb.url);
    for (const [name, test] of Object.entries(all)) {
      try {
        await test({ ...stage, crumb });
        console.log(`ok      ${name}`);
      } catch (error) {
        failed += 1;
        console.log(`FAILED  ${name}: ${error.stack}`);
        await picture(stage.page, 'failed');
      }
    }
    const troubles = stage.troubles.filter((text) => !/409|ERR_CONNECTION_REFUSED/.test(text));
    assert.deepEqual(troubles, [], 'no errors on the console, no request to elsewhere');
  } finally {
    await stage?.browser.close();
    assert.equal(await crumb.stop(), 0, 'Ctrl-C ends it in order');
  }
  return failed;
}

async function main() {
  const library = browserLibrary();
  const failed = await play(library, APP, tests) + await play(library, HOSTILE, hostile);
  console.log(failed ? `${failed} failed` : 'all passed');
  process.exitCode = failed ? 1 : 0;
}

main().catch((error) => {
  console.log(`FAILED: ${error.stack}`);
  process.exit(1);
});
