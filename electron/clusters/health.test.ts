import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Connection } from '../../shared/contract/clusters.ts';
import { type Failure, FailureError } from '../../shared/failure.ts';
import { systemClock } from '../platform/world.ts';
import type { ApiAnswer, ApiRequest, Cluster } from './cluster.ts';
import { createHealth } from './health.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

type Answer = 'never' | Failure | object;

/** Clusters whose answers a test sets; `requests` is what they were asked. */
function world(answers: Record<string, { version?: Answer; review?: Answer }>) {
  const requests: string[] = [];
  const forgiven: string[] = [];
  let changed = (_context: string) => {};
  const answer = async (what: Answer, signal: AbortSignal | undefined): Promise<ApiAnswer> => {
    if (what === 'never')
      await new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
    if (typeof what === 'object' && 'code' in what) throw new FailureError(what);
    return { status: 200, headers: {}, body: what, warnings: [] };
  };
  const get = (context: string): Cluster => {
    const set = answers[context];
    if (set === undefined) throw new FailureError({ code: 'context-unknown', context });
    return {
      context,
      namespace: null,
      server: 'https://h',
      request({ path, signal }: ApiRequest) {
        requests.push(`${context} ${path.split('/').at(-1)}`);
        return answer(path === '/version' ? (set.version ?? { gitVersion: 'v1.34' }) : (set.review ?? {}), signal);
      },
      stream: () => Promise.reject(new Error('not used')),
      websocket: () => Promise.reject(new Error('not used')),
    };
  };
  const health = createHealth({
    clusters: {
      get,
      onChange: (listener) => {
        changed = listener;
        return () => {};
      },
      forgive: (context) => forgiven.push(context),
    },
    clock: systemClock,
    log: { info() {}, warn() {} },
    random: () => 1,
  });
  return { health, requests, forgiven, answers, change: (context: string) => changed(context) };
}

function seen() {
  const connections: Connection[] = [];
  return { connections, push: (connection: Connection) => void connections.push(connection) };
}
const states = (connections: Connection[]) => connections.map(({ state }) => state);
const settle = () => vi.advanceTimersByTimeAsync(0);
const unauthorised: Failure = { code: 'unauthorised', server: 'https://h', message: '' };
const anonymous: Failure = {
  code: 'forbidden',
  verb: 'create',
  resource: 'x',
  group: '',
  namespace: null,
  user: 'system:anonymous',
  message: 'm',
};

test('connecting at once, then connected with the version; two followers share one check', async () => {
  const { health, requests } = world({ a: {} });
  const [one, two] = [seen(), seen()];
  health.follow('a', one.push);
  health.follow('a', two.push);
  expect(one.connections).toEqual([{ state: 'connecting', since: 0 }]);
  await settle();
  expect(one.connections.at(-1)).toEqual({ state: 'connected', since: 0, version: 'v1.34' });
  expect(two.connections).toEqual(one.connections);
  expect(requests).toEqual(['a version', 'a selfsubjectaccessreviews']);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(requests).toHaveLength(2);
});

test('a dead cluster delays no other', async () => {
  const { health } = world({ dead: { version: 'never', review: 'never' }, b: {} });
  const [dead, b] = [seen(), seen()];
  health.follow('dead', dead.push);
  health.follow('b', b.push);
  await settle();
  expect(states(dead.connections)).toEqual(['connecting']);
  expect(states(b.connections)).toEqual(['connecting', 'connected']);
});

test.each([
  ['refused credentials', { review: unauthorised }, 'unauthorised'],
  ['taken for anonymous', { review: anonymous }, 'unauthorised'],
  ['forbidden even to ask', { review: { ...anonymous, user: 'ada' } }, 'forbidden'],
  ['version forbidden only', { version: { ...anonymous, user: 'ada' } }, 'connected'],
  ['no access reviews there', { review: { code: 'kind-absent', group: 'authorization.k8s.io', kind: 'x' } }, 'connected'],
  ['unreachable', { version: { code: 'unreachable', server: 'https://h', reason: 'x' } }, 'unreachable'],
] as const)('%s', async (_what, answers, state) => {
  const { health } = world({ a: answers });
  const { connections, push } = seen();
  health.follow('a', push);
  await settle();
  expect(connections.at(-1)?.state).toBe(state);
});

test('a failed check is tried again after the wait and shows the recovery', async () => {
  const { health, answers } = world({ a: { version: { code: 'unreachable', server: 'https://h', reason: 'x' } } });
  const { connections, push } = seen();
  health.follow('a', push);
  await settle();
  expect(connections.at(-1)).toMatchObject({ state: 'unreachable', retryAt: 1_000 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(connections.at(-1)).toMatchObject({ state: 'unreachable', retryAt: 3_000 });
  answers.a = {};
  // A check asks the cluster it gets then.
  await vi.advanceTimersByTimeAsync(2_000);
  expect(states(connections)).toEqual(['connecting', 'unreachable', 'unreachable', 'connected']);
});

test('an unknown context fails like any other and comes back when the kubeconfig has it', async () => {
  const { health, answers, change } = world({});
  const { connections, push } = seen();
  health.follow('a', push);
  await settle();
  expect(connections.at(-1)).toMatchObject({ state: 'unreachable', failure: { code: 'context-unknown' } });
  answers.a = {};
  change('a');
  await settle();
  expect(connections.at(-1)?.state).toBe('connected');
});

test('nobody following means no request, and a running check is ended', async () => {
  const { health, requests } = world({ a: { version: 'never', review: 'never' } });
  const { connections, push } = seen();
  const leave = health.follow('a', push);
  await settle();
  leave();
  health.retry('a');
  health.trouble('a');
  await vi.advanceTimersByTimeAsync(600_000);
  expect(requests).toHaveLength(2);
  expect(states(connections)).toEqual(['connecting']);
});

test('retry forgives failed logins and tries at once; trouble checks a connection again', async () => {
  const { health, requests, forgiven, answers } = world({ a: { review: unauthorised } });
  const { connections, push } = seen();
  health.follow('a', push);
  await settle();
  answers.a = {};
  health.retry('a');
  await settle();
  expect(forgiven).toEqual(['a']);
  expect(states(connections)).toEqual(['connecting', 'unauthorised', 'connecting', 'connected']);
  health.trouble('a');
  await settle();
  expect(requests).toHaveLength(6);
  expect(connections).toHaveLength(4);
});
