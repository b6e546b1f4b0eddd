import { parseArgs } from 'node:util';
import { changesOnCluster, changesOnFake } from './changes.ts';
import { coldStarts, startsHeader, startsRow } from './cold-start.ts';
import { demoFigures } from './demo.ts';
import { table } from './figures.ts';
import { logFigures } from './logs.ts';
import { machine } from './machine.ts';
import { changesHeader, changesRow } from './measure-changes.ts';

/**
 * `npm run bench [-- --cluster] [--changes N] [--runs N]`: prints how fast the app is here; no figure makes it fail. With `--cluster` the changes are
 * real patches on the cluster of `$KUBECONFIG`, beside `kubectl get --watch`.
 */
const { values } = parseArgs({
  options: {
    cluster: { type: 'boolean', default: false },
    changes: { type: 'string', default: '200' },
    runs: { type: 'string', default: '5' },
  },
});
const electron = process.env.EMBERDECK_ELECTRON ?? '';
const chromium = process.env.EMBERDECK_CHROMIUM ?? '';
const projects = [...(electron === '' ? [] : ['electron']), ...(chromium === '' ? [] : ['chromium'])];
const changes = Number(values.changes);
const SIZES = [1, 1_000, 5_000];

const say = (text: string) => process.stdout.write(`${text}\n`);

say(`${machine(electron)}\n`);
if (!values.cluster) say(`${await demoFigures()}\n`);
if (!values.cluster) say(`${await logFigures()}\n`);
if (projects.length === 0) say('Neither Electron nor Chromium is here: nothing to measure.');
else if (values.cluster) await onCluster(process.env.KUBECONFIG ?? '');
else await onFake();

async function onFake(): Promise<void> {
  const rows: string[][] = [];
  for (const project of projects) {
    for (const size of SIZES) {
      rows.push(changesRow(`${project}, ${size} in the table`, await changesOnFake(project, size, changes)));
    }
  }
  say(`From a watch event leaving the API server to the changed row painted (${changes} changes; other: a bare Node watch)`);
  say(`${table(changesHeader, rows)}\n`);
  const starts: string[][] = [];
  for (const project of projects) starts.push(startsRow(project, await coldStarts(project, Number(values.runs))));
  say('From spawning the process to the first table, context and namespace known from before');
  say(table(startsHeader, starts));
}

async function onCluster(kubeconfig: string): Promise<void> {
  if (kubeconfig === '') {
    say('--cluster needs KUBECONFIG.');
    return;
  }
  const rows: string[][] = [];
  for (const project of projects) rows.push(changesRow(project, await changesOnCluster(project, kubeconfig, changes)));
  say(`From sending a status patch to the changed row painted (${changes} changes; other: kubectl get --watch)`);
  say(table(changesHeader, rows));
}
