import { once } from 'node:events';
import http from 'node:http';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createLogs } from '../../electron/logs/index.ts';
import { systemClock } from '../../electron/platform/world.ts';
import { aPod, scriptedCaches } from '../../electron/spark/applications/testing.ts';
import { createHttpCluster } from '../../electron/watch/testing/http-cluster.ts';
import type { LogCounts, LogFilterChoice } from '../../shared/contract/logs.ts';
import { milliseconds, table } from './figures.ts';
import type { LogServerOptions } from './log-server.ts';

const CONTAINERS = 5;
const KEPT = 1_000_000;
const PER_SECOND = 20_000;
const SECONDS = 10;
const MEBIBYTE = 2 ** 20;

const all: LogFilterChoice = { hidden: [], level: null, text: null, folded: true, search: null };
const words = (text: string) => ({ words: text, expression: false });

/** The merged log of an application of five containers, its server in another thread: speed, memory, filter and search, as lines of text. */
export async function logFigures(): Promise<string> {
  const options: LogServerOptions = { first: KEPT / CONTAINERS, perSecond: PER_SECOND / CONTAINERS, seconds: SECONDS };
  const thread = new Worker(join(import.meta.dirname, 'log-server.ts'), { workerData: options });
  const [{ port }] = await once(thread, 'message');
  const agent = new http.Agent({ keepAlive: true });
  const cluster = createHttpCluster(() => port, agent);
  const scripted = scriptedCaches();
  const logs = createLogs({ clusters: { get: () => cluster }, caches: scripted.caches, clock: systemClock, random: Math.random });
  const empty = used();
  const told: { counts: LogCounts | null } = { counts: null };
  const end = logs.follow({ context: 'bench', operator: 'spark-submit', namespace: 'default', name: 'plain' }, all, (next) => {
    told.counts = next;
  });
  const until = async (is: (counts: LogCounts) => boolean): Promise<number> => {
    const began = performance.now();
    while (told.counts === null || !is(told.counts)) await sleep(5);
    return performance.now() - began;
  };
  const generation = (): number => told.counts?.generation ?? 0;
  const delayOf = async (work: () => Promise<unknown>): Promise<number> => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await work();
    delay.disable();
    return delay.max / 1e6;
  };

  const pods = [
    aPod('plain-driver', 'driver', null),
    ...[1, 2, 3, 4].map((number) => aPod(`plain-exec-${number}`, 'executor', null)),
  ];
  scripted.list('/pods', pods);
  let filling = Number.NaN;
  const fillDelay = await delayOf(async () => {
    filling = await until(({ kept, forgotten }) => kept + forgotten >= KEPT);
  });
  const memory = used() - empty;
  const started = totalOf(told.counts);
  const cpu = process.cpuUsage();
  let written = 0;
  const liveDelay = await delayOf(async () => {
    thread.postMessage('go');
    const [sent] = await once(thread, 'message');
    written = sent.written * CONTAINERS;
    await until(({ kept, forgotten }) => kept + forgotten >= started + written);
  });
  const { user, system } = process.cpuUsage(cpu);
  const view = logs.view(told.counts?.view ?? '');
  const filtered = async (filter: Partial<LogFilterChoice>): Promise<number> => {
    const before = generation();
    view?.change({ ...all, ...filter });
    return until((next) => next.generation > before);
  };
  let searches: number[] = [];
  const searchDelay = await delayOf(async () => {
    searches = [
      await filtered({ text: words('TID 123456)') }),
      await filtered({ text: { words: 'stage \\d+\\.0 \\(TID 1234\\d\\)', expression: true } }),
      await filtered({ level: 'warn' }),
      await filtered({ search: words('no such words') }),
    ];
    const began = performance.now();
    await view?.find(0, false);
    searches.push(performance.now() - began);
  });
  end();
  logs.close();
  agent.destroy();
  await thread.terminate();
  const [text = Number.NaN, expression = Number.NaN, level = Number.NaN, search = Number.NaN, find = Number.NaN] = searches;
  return table(
    [`the merged log of ${CONTAINERS} containers`, ''],
    [
      [`${KEPT} lines read and merged in`, milliseconds(filling)],
      ['  longest wait of the event loop', milliseconds(fillDelay)],
      ['  memory', `${(memory / MEBIBYTE).toFixed(0)} MiB`],
      [`${PER_SECOND} lines/s more for ${SECONDS} s: lost or doubled`, String(started + written - totalOf(told.counts))],
      ['  longest wait of the event loop', milliseconds(liveDelay)],
      ['  CPU of the process', `${((user + system) / 1e4 / SECONDS).toFixed(0)} %`],
      ['filter by words', milliseconds(text)],
      ['filter by an expression', milliseconds(expression)],
      ['filter by level', milliseconds(level)],
      ['search with nothing found', milliseconds(search)],
      ['next match', milliseconds(find)],
      ['  longest wait of the event loop in all of these', milliseconds(searchDelay)],
    ],
  );
}

const totalOf = (counts: LogCounts | null): number => (counts === null ? 0 : counts.kept + counts.forgotten);

/** Bytes of the heap and beside it, after a collection where the process may ask for one. */
function used(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
