// Validates the pipelines of docs/how-to by the schemas of those who read them, and runs what they
// run, on an app that depends on its cookie and on one that does not.
//
//     node tests/recipes/run.js CRUMBPROOF github|gitlab|jenkins
//
// Exit code 0: all is right; 1: it is not.
import path from 'node:path';

const [, , crumbproof, recipe] = process.argv;
const { default: judge } = await import(`./${recipe}.js`);
try {
  await judge(path.resolve(crumbproof));
} catch (error) {
  console.log(`FAILED: ${error.message}`);
  process.exit(1);
}
console.log('all valid, and it runs');
