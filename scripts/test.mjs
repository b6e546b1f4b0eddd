// `npm test` and `npm run test:cluster`: everything the tests need is set up here; the last line counts all that ran.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  build,
  display,
  findChromium,
  findElectron,
  installDependencies,
  librariesOf,
  pinnedNode,
  root,
  run,
  say,
} from './setup.mjs';

const onCluster = process.argv.includes('--cluster');
const results = join(root, 'test-results');
const total = { passed: 0, failed: 0, skipped: 0 };

function count(name, { passed = 0, failed = 0, skipped = 0 }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  say(`${name}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
}

const bin = (name, path) => [pinnedNode, [join(root, 'node_modules', name, path)]];

/** A check that passes or fails as one. */
async function check(name, [program, args], ...more) {
  const code = await run(program, [...args, ...more]);
  count(name, code === 0 ? { passed: 1 } : { failed: 1 });
}

function report(file) {
  const path = join(results, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

async function vitest(name, project, environment) {
  const [program, args] = bin('vitest', 'vitest.mjs');
  const file = `${project}.json`;
  const outputs = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(results, file)}`];
  const code = await run(program, [...args, 'run', '--project', project, ...outputs], {
    env: { ...process.env, ...environment },
  });
  const numbers = report(file);
  if (numbers === null) return count(name, { failed: 1 });
  const skipped = numbers.numPendingTests + numbers.numTodoTests;
  count(name, { passed: numbers.numPassedTests, failed: Math.max(numbers.numFailedTests, code === 0 ? 0 : 1), skipped });
}

async function endToEnd(environment) {
  const electron = findElectron({ fetch: true });
  const screen = electron.path && librariesOf(electron.path) ? await display() : null;
  const chromium = findChromium({ install: true });
  const projects = [];
  if (screen) projects.push('electron');
  else say(`end-to-end in Electron is skipped: ${electron.missing ?? 'no display or no system libraries'}`);
  if (chromium) projects.push('chromium');
  else say('end-to-end in Chromium is skipped: there is no Chromium');
  if (chromium && onCluster) say('in Chromium only the story runs on a real cluster: all of it ran there on the demo cluster');
  if (projects.length === 0) return;
  const [program, args] = bin('@playwright/test', 'cli.js');
  const code = await run(program, [...args, 'test', ...projects.map((project) => `--project=${project}`)], {
    env: {
      ...process.env,
      ...environment,
      ...(screen ?? {}),
      EMBERDECK_ELECTRON: electron.path ?? '',
      EMBERDECK_CHROMIUM: chromium ?? '',
      PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, 'e2e.json'),
    },
  });
  const stats = report('e2e.json')?.stats;
  if (!stats) return count('end-to-end', { failed: 1 });
  count('end-to-end', {
    passed: stats.expected + stats.flaky,
    failed: Math.max(stats.unexpected, code === 0 ? 0 : 1),
    skipped: stats.skipped,
  });
}

await installDependencies();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

if (onCluster) {
  if (!process.env.KUBECONFIG) {
    say('npm run test:cluster needs KUBECONFIG to name the cluster to test on');
    process.exit(2);
  }
  say(`contract and end-to-end suites on the cluster of ${process.env.KUBECONFIG}`);
} else {
  await check('type check', bin('typescript', 'bin/tsc'), '-b');
  await check('lint', bin('@biomejs/biome', 'bin/biome'), 'ci', '--colors=off');
  await check('unused code', bin('knip', 'bin/knip.js'));
  await vitest('unit tests', 'unit', {});
}
await build();
const cluster = onCluster ? { EMBERDECK_CLUSTER: 'real' } : { EMBERDECK_CLUSTER: 'demo' };
await vitest('contract suite', 'contract', cluster);
await endToEnd(cluster);

process.stdout.write(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}\n`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
