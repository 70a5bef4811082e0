import assert from 'node:assert/strict';

import { addPackage, blockOf, expectReports, inProject, npmPackage, run, variables } from './common.js';

// The sections of a declarative pipeline that are blocks, as Jenkins' syntax has them, by where they
// can stand.
const SECTIONS = {
  '': ['pipeline'],
  pipeline: ['agent', 'stages'],
  agent: ['docker'],
  stages: ['stage'],
  stage: ['steps', 'post'],
  post: ['always'],
};

// There is no reader of Jenkinsfiles on npm that is not a Java program, so this looks at the blocks.
function expectDeclarative(text) {
  const plain = text.replace(/'''.*?'''|'.*?'/gs, "''");
  const open = [''];
  for (const [, name, end] of plain.matchAll(/(\w+)(?:\(''\))? \{|(\})/g)) {
    if (end) {
      open.pop();
      continue;
    }
    assert(SECTIONS[open.at(-1)]?.includes(name), `${name} cannot stand in ${open.at(-1) || 'a Jenkinsfile'}`);
    open.push(name);
  }
  assert.deepEqual(open, [''], 'a block does not end');
}

export default async function judgeJenkins() {
  const text = blockOf('jenkins.md', 'Jenkinsfile');
  expectDeclarative(text);
  assert.throws(() => expectDeclarative(text.replace('post', 'after')));

  const file = npmPackage();
  const scripts = [...text.matchAll(/sh '''(.*?)'''|sh '(.*?)'/gs)].map(([, long, short]) => long ?? short);
  assert.equal(scripts.length, 2);
  for (const kind of ['fragile', 'sound']) {
    await inProject(kind, async (project, port) => {
      addPackage(project, file, port);
      scripts.forEach((script, i) => {
        // Groovy takes a backslash at the end of a line out of such a string, and the line's end too.
        const command = script.replaceAll('\\\n', '').replaceAll('3000', port);
        run('sh', ['-xec', command], {
          cwd: project,
          env: variables(port, { npm_config_offline: 'true' }),
          code: i === 1 && kind === 'fragile' ? 1 : 0,
        });
      });
      expectReports(project, kind);
    });
  }
  assert.match(text, /junit 'crumbproof-junit\.xml'/);
}
