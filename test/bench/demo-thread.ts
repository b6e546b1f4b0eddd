import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { startDemoCluster } from '../../electron/demo/cluster.ts';
import { at, type JsonObject, nameOf, objectOf, parseJson } from '../../electron/demo/json.ts';
import { executorPod } from './executor-pod.ts';

/**
 * The demo cluster that is measured. Obeys messages and answers each with one: `{ do: 'fill', pods }`, `{ do: 'measure' }` (needs
 * `--expose-gc`), `{ do: 'change', perSecond, seconds }`; `{ do: 'end' }` ends it.
 */

/** What it says first. */
export interface Started {
  url: string;
  token: string;
  authority: string;
  kubeconfig: string;
  /** Milliseconds from asking for a cluster until it listens. */
  startMilliseconds: number;
}

/** Bytes, and microseconds of CPU since the process began. */
export interface Measured {
  heap: number;
  resident: number;
  cpu: number;
}

const began = performance.now();
const cluster = await startDemoCluster();
const { url, token, authority } = cluster;
const startMilliseconds = performance.now() - began;
send({ url, token, authority, kubeconfig: cluster.kubeconfig(), startMilliseconds } satisfies Started);

const NAMESPACE = 'analytics';
const names: string[] = [];

parentPort?.on('message', (message: JsonObject) => void obey(message).then((answer) => answer && send(answer)));

function send(answer: object): void {
  parentPort?.postMessage(answer);
}

async function obey(message: JsonObject): Promise<object | null> {
  switch (message.do) {
    case 'fill':
      return { bytes: await fill(Number(message.pods)) };
    case 'measure':
      return measure();
    case 'change':
      return { sent: await change(Number(message.perSecond), Number(message.seconds)) };
    default:
      await cluster.close();
      parentPort?.close();
      return null;
  }
}

function measure(): Measured {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { heap: heapUsed + external, resident: rss, cpu: user + system };
}

/** Each pod is parsed by itself, as if a client had sent it. Returns the size of one. */
async function fill(count: number): Promise<number> {
  let bytes = 0;
  for (let number = 0; number < count; number += 1) {
    const text = JSON.stringify(executorPod(number, NAMESPACE));
    const pod = cluster.api.put('pods', objectOf(parseJson(text)));
    names.push(nameOf(pod));
    bytes = JSON.stringify(pod).length;
    if (number % 500 === 0) await sleep(0);
  }
  return bytes;
}

/** Writes so many pods a second; each says when it was written. */
async function change(perSecond: number, seconds: number): Promise<number> {
  const start = performance.now();
  let sent = 0;
  while (sent < perSecond * seconds) {
    const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - start) / 1000) * perSecond));
    for (; sent < due; sent += 1) {
      const pod = cluster.api.get('pods', NAMESPACE, names[sent % names.length] ?? '');
      const written = `${sent} ${performance.timeOrigin + performance.now()}`;
      const annotations = { ...objectOf(at(pod ?? {}, 'metadata', 'annotations')), written };
      cluster.api.put('pods', { ...pod, metadata: { ...objectOf(pod?.metadata), annotations } });
    }
    await sleep(1);
  }
  return sent;
}
