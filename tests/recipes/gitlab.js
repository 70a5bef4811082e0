import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { addPackage, blockOf, expectReports, inProject, npmPackage, run, tool, variables } from './common.js';

// gitlab-ci-local looks at the file by GitLab's own schema, and runs the job in a shell.
export default async function judgeGitlab() {
  const file = npmPackage();
  for (const kind of ['fragile', 'sound']) {
    await inProject(kind, async (project, port) => {
      addPackage(project, file, port);
      const job = blockOf('gitlab.md', '.gitlab-ci.yml').replaceAll('3000', port);
      writeFileSync(path.join(project, '.gitlab-ci.yml'), job);
      run('git', ['init', '--quiet', '--initial-branch', 'main'], { cwd: project });
      run(tool('gitlab-ci-local'), ['--force-shell-executor', 'crumbproof'], {
        cwd: project,
        env: variables(port, { npm_config_offline: 'true', GCL_TIMESTAMPS: 'false' }),
        code: kind === 'sound' ? 0 : 1,
      });
      expectReports(path.join(project, '.gitlab-ci-local/artifacts/crumbproof'), kind);
    });
  }
  await inProject('sound', (project) => {
    const job = blockOf('gitlab.md', '.gitlab-ci.yml').replace('when: always', 'when: sometimes');
    writeFileSync(path.join(project, '.gitlab-ci.yml'), job);
    run('git', ['init', '--quiet'], { cwd: project });
    run(tool('gitlab-ci-local'), ['--list'], { cwd: project, code: 1 });
  });
}
