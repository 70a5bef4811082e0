// What the recipes' tests have in common.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
export const ROOT = path.resolve(HERE, '../..');
const TIME_LIMIT = 180_000; // milliseconds for one step; a hang is a failure

// The block of a page that is the file of that name, as the paragraph before it says.
export function blockOf(page, file) {
  const text = readFileSync(path.join(ROOT, 'docs/how-to', page), 'utf8');
  const begin = text.indexOf(`\n\`${file}\`:\n`);
  assert(begin >= 0, `${page} has no file ${file}`);
  return /```[a-z]+\n(.*?)```/s.exec(text.slice(begin))[1];
}

// The path of a tool of node_modules.
export const tool = (name) => path.join(HERE, 'node_modules/.bin', name);

// Runs a program; what it prints counts only if it ends with another code than that.
export function run(command, args, { code = 0, ...options } = {}) {
  const done = spawnSync(command, args, { encoding: 'utf8', timeout: TIME_LIMIT, ...options });
  const printed = `${done.stdout}${done.stderr}`;
  assert.equal(done.status, code, `${command} ${args.join(' ')}: ${done.error ?? ''}\n${printed}`);
  return printed;
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// The npm package, made anew.
export function npmPackage() {
  return path.join(ROOT, execFileSync(path.join(ROOT, 'tools/package'), ['npm'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim());
}

// A user's project with an app, sound or not, in a folder of its own; it is gone after `use`.
export async function inProject(kind, use) {
  const folder = mkdtempSync(path.join(tmpdir(), 'crumbproof-recipe-'));
  try {
    const project = path.join(folder, 'project');
    mkdirSync(project);
    cpSync(path.join(HERE, 'app.js'), path.join(project, 'app.js'));
    if (kind === 'sound') {
      const text = readFileSync(path.join(HERE, 'app.js'), 'utf8');
      writeFileSync(path.join(project, 'app.js'), text.replace("process.argv[2] === 'sound'", 'true'));
    }
    writeFileSync(path.join(project, 'package.json'), '{"private": true, "type": "module"}\n');
    writeFileSync(path.join(project, 'crumbproof.yaml'), 'conversations:\n  - say: [hi, hi again]\n');
    await use(project, await freePort());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The variables of a step: the app listens on that port, and no pipeline is this one's own.
export function variables(port, more) {
  const own = Object.entries(process.env).filter(([name]) => !/^(CI|GITHUB|GITLAB|RUNNER)/.test(name));
  return { ...Object.fromEntries(own), PORT: String(port), ...more };
}

// What a pipeline leaves of a check on an app of that kind.
export function expectReports(folder, kind) {
  const read = (name) => readFileSync(path.join(folder, name), 'utf8');
  assert.match(read('crumbproof-junit.xml'), /<testsuite.*cookie-missing/s);
  assert.equal(JSON.parse(read('crumbproof-report.json')).verdict, kind === 'sound' ? 'pass' : 'fail');
  assert.equal(existsSync(path.join(folder, 'crumbproof-failure.json')), kind === 'fragile');
}

// Names the npm package in a project, as install.md does, so that `npm ci` brings it.
export function addPackage(project, file, port) {
  const env = variables(port, { npm_config_offline: 'true' });
  run('npm', ['install', '--save-dev', '--no-audit', '--no-fund', file], { cwd: project, env });
}
