import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startDemoCluster } from '../../electron/demo/cluster.ts';
import { electronArguments } from '../../scripts/setup.mjs';
import { root } from '../e2e/app.ts';
import { failedApplication } from './applications.ts';
import { dataFolderFor } from './data-folder.ts';
import { evaluateInPage } from './devtools.ts';
import { milliseconds, percentile } from './figures.ts';
import { withKubeconfig } from './kubeconfig-file.ts';

/** Milliseconds from spawning the first process to the page's first byte of script, its first paint, and its first rows painted. */
export interface Start {
  page: number;
  firstPaint: number;
  table: number;
}

const APPLICATIONS = 25;

/** In the page: waits until rows are painted and tells when what happened, epoch milliseconds. */
const WAIT_FOR_ROWS = `new Promise((resolve) => {
  const look = () => {
    if (!document.querySelector('[role="row"] [data-phase]')) return false;
    requestAnimationFrame(() => requestAnimationFrame(() => resolve({
      page: performance.timeOrigin,
      firstPaint: performance.timeOrigin + (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN),
      table: Date.now(),
    })));
    return true;
  };
  if (!look()) {
    const observer = new MutationObserver(() => look() && observer.disconnect());
    observer.observe(document, { subtree: true, childList: true });
  }
})`;
const timesSchema = z.object({ page: z.number(), firstPaint: z.number().nullable(), table: z.number() });

/** Starts the app `runs` times on one data folder; the first time it has no cache of its own. */
export async function coldStarts(project: string, runs: number): Promise<Start[]> {
  const cluster = await startDemoCluster();
  for (let number = 0; number < APPLICATIONS; number += 1) cluster.api.put('sparkapplications', failedApplication(number));
  const dataFolder = dataFolderFor('demo', 'default');
  const starts: Start[] = [];
  try {
    await withKubeconfig(cluster.kubeconfig(), async (kubeconfig) => {
      const environment = { ...process.env, KUBECONFIG: kubeconfig, EMBERDECK_DATA: dataFolder };
      for (let run = 0; run < runs; run += 1) {
        starts.push(await (project === 'electron' ? startElectron(environment) : startBrowser(environment, dataFolder)));
      }
    });
  } finally {
    await cluster.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
  return starts;
}

async function startElectron(environment: NodeJS.ProcessEnv): Promise<Start> {
  const began = Date.now();
  const electron = spawn(process.env.EMBERDECK_ELECTRON ?? '', ['--remote-debugging-port=0', ...electronArguments()], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return timesOf(electron, began).finally(() => ended(electron));
}

async function startBrowser(environment: NodeJS.ProcessEnv, dataFolder: string): Promise<Start> {
  const began = Date.now();
  const server = spawn(process.execPath, [join(root, 'scripts/start.mjs'), '--browser'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise<string>((resolve) => {
    server.stdout.on('data', (data: Buffer) => resolve(/http:\S+/.exec(data.toString())?.[0] ?? ''));
  });
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const profile = `--user-data-dir=${join(dataFolder, 'chromium')}`;
  const quiet = ['--headless=new', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
  const browser = spawn(
    process.env.EMBERDECK_CHROMIUM ?? '',
    [...sandbox, profile, ...quiet, '--remote-debugging-port=0', '--window-size=1280,800', address],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return timesOf(browser, began).finally(async () => {
    await ended(browser);
    await ended(server);
  });
}

async function timesOf(browser: ChildProcess, began: number): Promise<Start> {
  const { page, firstPaint, table } = timesSchema.parse(await evaluateInPage(browser, WAIT_FOR_ROWS));
  return { page: page - began, firstPaint: firstPaint === null ? Number.NaN : firstPaint - began, table: table - began };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

export const startsHeader = ['', 'page begins', 'first paint', 'first table p50', 'max', 'each run'];

/** A line of the table of {@link startsHeader}. */
export function startsRow(name: string, starts: readonly Start[]): string[] {
  const median = (pick: (start: Start) => number) => milliseconds(percentile(starts.map(pick), 0.5));
  return [
    name,
    median(({ page }) => page),
    median(({ firstPaint }) => firstPaint),
    median(({ table }) => table),
    milliseconds(Math.max(...starts.map(({ table }) => table))),
    starts.map(({ table }) => Math.round(table)).join(' '),
  ];
}
