import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * A thread that serves the logs of containers as an API server does, over plain HTTP: each begins with `first` lines and goes on with
 * `perSecond` for `seconds`, from the moment it is told to.
 */
export interface LogServerOptions {
  first: number;
  perSecond: number;
  seconds: number;
}

const { first, perSecond, seconds }: LogServerOptions = workerData;
const PERIOD = 20;
const following = new Set<(lines: number) => void>();

const lineOf = (pod: string, number: number): string => {
  const at = new Date(Date.now()).toISOString().replace('Z', `${String(number % 1_000_000).padStart(6, '0')}Z`);
  const level = number % 97 === 0 ? 'WARN' : 'INFO';
  return `${at} 26/11/21 12:00:01 ${level} TaskSetManager: Finished task ${number}.0 in stage 3.0 (TID ${number}) in 41 ms on 10.42.0.17 (${pod})\n`;
};

const server = http.createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://localhost');
  const [, pod = ''] = /pods\/([^/]+)/.exec(url.pathname) ?? [];
  if (!url.pathname.endsWith('/log')) {
    const containerStatuses = ['spark-kubernetes-driver', 'spark-kubernetes-executor'].map((name) => ({
      name,
      restartCount: 0,
      state: { running: {} },
    }));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ metadata: { name: pod, uid: `uid-${pod}` }, status: { containerStatuses } }));
    return;
  }
  let number = 0;
  const write = (lines: number): void => {
    let text = '';
    for (const end = number + lines; number < end; number += 1) text += lineOf(pod, number);
    response.write(text);
  };
  for (let left = first; left > 0; left -= 10_000) write(Math.min(left, 10_000));
  following.add(write);
  response.once('close', () => following.delete(write));
});

parentPort?.on('message', async () => {
  const began = performance.now();
  let written = 0;
  const timer = setInterval(() => {
    const passed = Math.min(seconds, (performance.now() - began) / 1000);
    const due = Math.round(passed * perSecond) - written;
    written += due;
    for (const write of following) write(due);
    if (passed < seconds) return;
    clearInterval(timer);
    parentPort?.postMessage({ written });
  }, PERIOD);
});
server.listen(0, '127.0.0.1', () => {
  const address: AddressInfo | string | null = server.address();
  if (address !== null && typeof address === 'object') parentPort?.postMessage({ port: address.port });
});
