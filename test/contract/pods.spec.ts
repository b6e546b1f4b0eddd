import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PodPort } from '../../electron/forwards/session.ts';
import { openTunnel } from '../../electron/forwards/tunnel.ts';
import { FailureError } from '../../shared/failure.ts';
import { corePath, ownNamespace, readObject } from './objects.ts';
import { container, podOf, podsIn } from './pod-objects.ts';
import { failureOf, openTarget, type Target, until } from './target.ts';
import { readWatch } from './watching.ts';

let target: Target;
let own: Awaited<ReturnType<typeof ownNamespace>>;
const name = 'speaker';

beforeAll(async () => {
  target = await openTarget();
  own = await ownNamespace(target.admin);
  await target.admin.request({ method: 'POST', path: corePath(own.namespace, 'pods'), body: speaker() });
  await until('the pod runs and has spoken', 50, async () => {
    const pod = readObject(
      (await target.admin.request({ method: 'GET', path: `${corePath(own.namespace, 'pods')}/${name}` })).body,
    );
    return pod.status?.phase === 'Running' && (await log().catch(() => '')).includes('three') ? pod : null;
  });
});

afterAll(async () => {
  await own?.remove();
  await target?.close();
});

function speaker(): Record<string, unknown> {
  const command = ['sh', '-c', 'echo one; echo two; echo three; sleep 3; echo four; sleep 300'];
  const container = { name: 'voice', image: 'emberdeck.test/spark:3.5.7', imagePullPolicy: 'Never', command };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers: [container] },
  };
}

async function log(query: Record<string, string | number | boolean> = {}): Promise<string> {
  const path = `${corePath(own.namespace, 'pods')}/${name}/log`;
  return String((await target.admin.request({ method: 'GET', path, query })).body);
}

describe('the log of a pod', () => {
  test('has its lines in order', async () => {
    expect(await log()).toMatch(/^one\ntwo\nthree\n/);
  });

  test('gives its tail, a part of its bytes, and times', async () => {
    const lines = (await log({ tailLines: 2 })).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(await log({ limitBytes: 5 })).toBe('one\nt');
    const [first] = (await log({ timestamps: true })).split('\n');
    expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z one$/);
  });

  test('can be followed while it grows', async () => {
    const path = `${corePath(own.namespace, 'pods')}/${name}/log`;
    const ending = new AbortController();
    const stream = await target.admin.stream({ method: 'GET', path, query: { follow: true }, signal: ending.signal });
    let text = '';
    for await (const chunk of stream) {
      text += new TextDecoder().decode(chunk);
      if (text.includes('four')) break;
    }
    ending.abort();
    expect(text).toBe('one\ntwo\nthree\nfour\n');
  });

  test('of a container that is not there is refused', async () => {
    const failure = await failureOf(log({ container: 'other' }));
    expect(failure).toMatchObject({ code: 'invalid', message: `container other is not valid for pod ${name}` });
  });

  test('of an earlier container is refused where there was none', async () => {
    const failure = await failureOf(log({ previous: true }));
    expect(failure).toMatchObject({
      code: 'invalid',
      message: `previous terminated container "voice" in pod "${name}" not found`,
    });
  });

  test('of a pod that is not there names the pod', async () => {
    const path = `${corePath(own.namespace, 'pods')}/nobody/log`;
    const failure = await failureOf(target.admin.request({ method: 'GET', path }));
    expect(failure).toMatchObject({ code: 'not-found', name: 'nobody' });
  });
});

describe('a forward', () => {
  const open = (pod: string, port: number) => {
    const place: PodPort = { namespace: own.namespace, pod, port };
    return openTunnel(target.admin, place, AbortSignal.timeout(10_000));
  };

  test('to a port where nobody listens says so', async () => {
    const stream = await open(name, 4040);
    const error = await new Promise<unknown>((resolve) => {
      stream.on('error', resolve);
      stream.on('close', () => resolve(null));
      stream.resume();
    });
    expect(error).toBeInstanceOf(FailureError);
    const reason = error instanceof FailureError && error.failure.code === 'unreachable' ? error.failure.reason : '';
    expect(reason).toMatch(/^error forwarding port 4040 to pod /);
    expect(reason).toContain('connect: connection refused');
  });

  test('announces its port on both channels before anything else', async () => {
    const path = `${corePath(own.namespace, 'pods')}/${name}/portforward`;
    const socket = await target.admin.websocket(path, { ports: 4040 }, ['v4.channel.k8s.io'], AbortSignal.timeout(10_000));
    const messages: string[] = [];
    socket.on('message', (data: Buffer) => messages.push(data.subarray(0, 3).toString('hex')));
    const code = await new Promise<number>((resolve) => socket.on('close', resolve));
    expect(messages.slice(0, 2)).toEqual(['00c80f', '01c80f']);
    expect(messages[2]?.slice(0, 2)).toBe('01');
    expect(code).toBe(1000);
  });

  test('to a pod that is not there is refused', async () => {
    expect(await failureOf(open('nobody', 4040))).toMatchObject({ code: 'not-found', name: 'nobody' });
  });
});

test('a pod tolerates a lost node for five minutes', async () => {
  const path = `${corePath(own.namespace, 'pods')}/${name}`;
  const pod = readObject((await target.admin.request({ method: 'GET', path })).body);
  const lost = { effect: 'NoExecute', operator: 'Exists', tolerationSeconds: 300 };
  expect(pod.spec?.tolerations).toEqual([
    { ...lost, key: 'node.kubernetes.io/not-ready' },
    { ...lost, key: 'node.kubernetes.io/unreachable' },
  ]);
});

test('an evicted pod says so until it is gone, by an end in order', async () => {
  const pods = podsIn(target.admin, own.namespace);
  const { body: made } = await pods.create(
    podOf('evicted', [container('main', 'trap "exit 5" TERM; while true; do sleep 0.2; done')]),
  );
  const resourceVersion = readObject(made).metadata.resourceVersion ?? '';
  await pods.once('evicted', 'runs', ({ phase }) => phase === 'Running');
  const watching = readWatch(
    target.admin,
    pods.path,
    { fieldSelector: 'metadata.name=evicted', resourceVersion },
    (seen) => seen.at(-1)?.type === 'DELETED',
  );
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'evicted' } };
  const answer = await target.admin.request({ method: 'POST', path: `${pods.path}/evicted/eviction`, body });
  expect(answer).toMatchObject({ status: 201, body: { kind: 'Status', status: 'Success' } });
  const frames = await watching;
  const last = readObject(frames.at(-1)?.object);
  expect(last.metadata).toMatchObject({ generation: 2, deletionGracePeriodSeconds: 0 });
  const why = { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' };
  expect(last.status?.conditions).toContainEqual(expect.objectContaining(why));
  const ends = { phase: 'Failed', containerStatuses: [{ state: { terminated: { exitCode: 5, reason: 'Error' } } }] };
  expect(last.status).toMatchObject(ends);
  expect((await pods.events('evicted')).map(({ reason }) => reason)).toEqual([
    'Scheduled',
    'Pulled',
    'Created',
    'Started',
    'Killing',
  ]);
}, 60_000);

test('a deleted pod ends before it goes', async () => {
  const path = `${corePath(own.namespace, 'pods')}/${name}`;
  const answer = readObject((await target.admin.request({ method: 'DELETE', path })).body);
  expect(answer).toMatchObject({ kind: 'Pod', metadata: { name, deletionGracePeriodSeconds: 1 } });
  expect(answer.metadata.deletionTimestamp).toBeDefined();
  const failure = await until('the pod is gone', 25, () =>
    failureOf(target.admin.request({ method: 'GET', path })).catch(() => null),
  );
  expect(failure.code).toBe('not-found');
});
