import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Measured, Started } from './demo-thread.ts';
import { milliseconds, percentile, table } from './figures.ts';
import { withKubeconfig } from './kubeconfig-file.ts';

const PODS = 10_000;
const PAGE = 500;
const PER_SECOND = 500;
const SECONDS = 10;
const WATCHERS = 5;
const MEBIBYTE = 2 ** 20;

/** The demo cluster's size and speed, in a process of its own, as lines of text. */
export async function demoFigures(): Promise<string> {
  const began = performance.now();
  const process = fork(join(import.meta.dirname, 'demo-process.ts'), { execArgv: ['--expose-gc'] });
  const started: Started = await answerOf(process);
  const ready = performance.now() - began;
  const empty: Measured = await ask(process, { do: 'measure' });
  const { bytes }: { bytes: number } = await ask(process, { do: 'fill', pods: PODS });
  const full: Measured = await ask(process, { do: 'measure' });
  const lists = await listTimes(started);
  const busy = await watchTimes(process, started);
  const after: Measured = await ask(process, { do: 'measure' });
  process.send({ do: 'end' });
  await once(process, 'exit');
  const more = (one: Measured, key: 'heap' | 'resident') => `${((one[key] - empty[key]) / MEBIBYTE).toFixed(0)} MiB`;
  return table(
    ['the demo cluster, in a process of its own', ''],
    [
      ['start, with its modules loaded', milliseconds(started.startMilliseconds)],
      ['from spawning its process until it listens', milliseconds(ready)],
      [`${PODS} pods of ${(bytes / 1024).toFixed(1)} KiB of JSON: heap`, more(full, 'heap')],
      ['  resident', more(full, 'resident')],
      ['  resident after all that follows', more(after, 'resident')],
      [`list of ${PODS}`, milliseconds(lists.whole)],
      [`list of ${PODS} in pages of ${PAGE}`, milliseconds(lists.pages)],
      ['kubectl get pods -A', milliseconds(lists.kubectl)],
      [`${PER_SECOND} changes a second to ${WATCHERS} watchers for ${SECONDS} s: lost`, String(busy.lost)],
      ['  delay p50', milliseconds(percentile(busy.delays, 0.5))],
      ['  delay p99', milliseconds(percentile(busy.delays, 0.99))],
      ['  CPU of its process', `${(busy.share * 100).toFixed(0)} %`],
    ],
  );
}

function answerOf<Answer>(process: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null) => reject(new Error(`the demo cluster ended with ${code}`));
    process.once('exit', fail);
    process.once('message', (answer: Answer) => {
      process.off('exit', fail);
      resolve(answer);
    });
  });
}

function ask<Answer>(process: ChildProcess, message: object): Promise<Answer> {
  const answer = answerOf<Answer>(process);
  process.send(message);
  return answer;
}

/** Milliseconds until the last byte; what a client makes of them is its own affair. */
async function listTimes(started: Started): Promise<{ whole: number; pages: number; kubectl: number }> {
  const agent = new Agent({ ca: started.authority, keepAlive: true });
  const read = (query: string) => text(`${started.url}/api/v1/pods?${query}`, started.token, agent);
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  await read('limit=1');
  const whole = await timed(() => read(''));
  const pages = await timed(async () => {
    let token = '';
    do {
      const page = await read(`limit=${PAGE}${token === '' ? '' : `&continue=${token}`}`);
      [, token = ''] = /^[^[]*"continue":"([^"]+)"/.exec(page) ?? [];
    } while (token !== '');
  });
  agent.destroy();
  const kubectl = await withKubeconfig(started.kubeconfig, (path) =>
    timed(() => promisify(execFile)('kubectl', ['--kubeconfig', path, 'get', 'pods', '-A'], { maxBuffer: 1 << 28 })).catch(
      () => Number.NaN,
    ),
  );
  return { whole, pages, kubectl };
}

function text(url: string, token: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
    }).on('error', reject);
  });
}

async function watchTimes(process: ChildProcess, started: Started): Promise<{ delays: number[]; lost: number; share: number }> {
  const list = await text(`${started.url}/api/v1/pods?limit=1`, started.token, new Agent({ ca: started.authority }));
  const version: string = JSON.parse(list).metadata.resourceVersion;
  const delays: number[] = [];
  const closers = await Promise.all(Array.from({ length: WATCHERS }, () => follow(started, version, delays)));
  const before: Measured = await ask(process, { do: 'measure' });
  const began = performance.now();
  const { sent }: { sent: number } = await ask(process, { do: 'change', perSecond: PER_SECOND, seconds: SECONDS });
  const took = performance.now() - began;
  const after: Measured = await ask(process, { do: 'measure' });
  await sleep(1_000);
  for (const close of closers) close();
  return { delays, lost: sent * WATCHERS - delays.length, share: (after.cpu - before.cpu) / 1000 / took };
}

/** Watches pods and notes, for each change it reads, the milliseconds since it was written. */
function follow({ url, token, authority }: Started, version: string, delays: number[]): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const options = { ca: authority, agent: false, headers: { authorization: `Bearer ${token}` } } as const;
    const request = get(`${url}/api/v1/pods?watch=true&resourceVersion=${version}`, options, (response) => {
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        const now = performance.timeOrigin + performance.now();
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const [, written = ''] = String(JSON.parse(line).object.metadata?.annotations?.written ?? '').split(' ');
          if (written !== '') delays.push(now - Number(written));
        }
      });
      resolve(() => request.destroy());
    });
    request.on('error', reject);
  });
}
