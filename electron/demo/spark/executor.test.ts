import { afterEach, expect, test, vi } from 'vitest';
import { pods } from '../api/kinds.ts';
import type { JsonObject } from '../json.ts';
import type { ContainerPlace, Exit, Program } from '../node/program.ts';
import { executor } from './executor.ts';
import { createLinks, type ExecutorLink } from './links.ts';
import { bareWorld } from './world.fixture.ts';

const world = bareWorld();
const links = createLinks(world.store);
const address = 'spark://CoarseGrainedScheduler@orders-svc.default.svc:7078';
let closeDriver: () => void = () => undefined;
afterEach(() => closeDriver());

const podOf = (limit: string): JsonObject => ({
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { name: 'orders-exec-1', namespace: 'default' },
  spec: {
    containers: [
      {
        name: 'spark-kubernetes-executor',
        args: ['executor'],
        resources: { limits: { memory: limit } },
        env: [
          { name: 'SPARK_DRIVER_URL', value: address },
          { name: 'SPARK_EXECUTOR_ID', value: '1' },
          { name: 'SPARK_EXECUTOR_MEMORY', value: '512m' },
          { name: 'SPARK_EXECUTOR_CORES', value: '2' },
        ],
      },
    ],
  },
  status: { podIP: '10.1.0.7' },
});

const placeOf = (pod: JsonObject, log: string[]): ContainerPlace => ({
  pod,
  container: 'spark-kubernetes-executor',
  restarts: 0,
  write: (line) => log.push(line),
  output: (chunk) => log.push(String(chunk)),
});

/** An executor that has registered with its driver. */
async function registered(limit = '896Mi'): Promise<{ program: Program; link: ExecutorLink; log: string[] }> {
  const log: string[] = [];
  const found: ExecutorLink[] = [];
  const driver = { register: (link: ExecutorLink) => found.push(link) > 0, podChanged: () => undefined };
  closeDriver = links.listen(address, 'uid', driver);
  const pod = world.store.put(pods, podOf(limit));
  const program = executor(world, links, placeOf(pod, log));
  const link = await vi.waitFor(() => {
    const [first] = found;
    if (first === undefined) throw new Error('not registered yet');
    return first;
  });
  return { program, link, log };
}

test('tells its driver where it is and what it has', async () => {
  const { link } = await registered();
  expect(link).toMatchObject({ id: '1', pod: 'orders-exec-1', host: '10.1.0.7', cores: 2 });
  // What a real executor with this heap reports.
  expect(link.storage / 1024 / 1024).toBeCloseTo(117, 0);
});

const ends: { how: string; end: (program: Program, link: ExecutorLink) => void; limit?: string; exit: Exit; logged: RegExp }[] = [
  {
    how: 'the driver commands a shutdown',
    end: (_, link) => link.shutDown(),
    exit: { code: 0 },
    logged: /Driver commanded a shutdown/,
  },
  { how: 'SIGTERM', end: (program) => program.terminate(), exit: { code: 143 }, logged: /RECEIVED SIGNAL TERM/ },
  { how: 'SIGKILL', end: (program) => program.kill(), exit: { code: 137 }, logged: /Successfully registered/ },
  {
    how: 'the driver vanishes',
    end: (_, link) => link.disconnected(),
    exit: { code: 1 },
    logged: /Driver orders-svc.*disassociated/,
  },
  {
    how: 'a full heap',
    end: (_, link) => void link.exhaust('task 0', 0),
    exit: { code: 52 },
    logged: /java\.lang\.OutOfMemoryError: Java heap space/,
  },
  {
    how: 'a container without room beside the heap',
    limit: '600Mi',
    end: (_, link) => void link.exhaust('task 0', 0),
    exit: { code: 137, reason: 'OOMKilled' },
    logged: /Successfully registered/,
  },
];

test.each(ends)('$how ends it with $exit', async ({ end, limit, exit, logged }) => {
  const { program, link, log } = await registered(limit);
  end(program, link);
  expect(await program.exit).toEqual(exit);
  expect(link.alive()).toBe(false);
  expect(log.join('\n')).toMatch(logged);
});

test('without a driver it cannot begin', async () => {
  closeDriver();
  const log: string[] = [];
  expect(await executor(world, links, placeOf(podOf('1Gi'), log)).exit).toEqual({ code: 1 });
  expect(log.join('\n')).toContain('java.net.UnknownHostException: orders-svc.default.svc');
});
