import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownNamespace, removeNow } from './objects.ts';
import { container, podOf, podsIn, stateOf } from './pod-objects.ts';
import { failureOf, openTarget, type Target } from './target.ts';

let target: Target;
let own: Awaited<ReturnType<typeof ownNamespace>>;
let pods: ReturnType<typeof podsIn>;

beforeAll(async () => {
  target = await openTarget();
  own = await ownNamespace(target.admin);
  pods = podsIn(target.admin, own.namespace);
  const chatter = container('main', 'echo one; echo two; echo three; sleep 300');
  await pods.create(podOf('chatter', [chatter]));
  await pods.create(podOf('pair', [container('main', 'sleep 300'), container('side', 'echo beside; sleep 300')]));
  await pods.create(podOf('again', [container('main', 'echo begun; sleep 2; exit 3')], { restartPolicy: 'Always' }));
  await pods.create(podOf('imageless', [container('main', 'true', { image: 'emberdeck.test/missing:1' })]));
  await pods.create(podOf('homeless', [container('main', 'true')], { nodeSelector: { 'emberdeck.test/zone': 'nowhere' } }));
  await pods.once('chatter', 'runs', ({ phase }) => phase === 'Running');
  await pods.once('pair', 'runs', ({ phase }) => phase === 'Running');
});

afterAll(async () => {
  await own?.remove();
  await target?.close();
});

const words = async (name: string, query: Record<string, string | number | boolean> = {}): Promise<string> => {
  const failure = await failureOf(pods.log(name, query));
  return 'message' in failure && typeof failure.message === 'string' ? failure.message : failure.code;
};

describe('a part of a log', () => {
  test('is its last lines, none of them when none are asked for', async () => {
    expect(await pods.log('chatter', { tailLines: 2 })).toBe('two\nthree\n');
    expect(await pods.log('chatter', { tailLines: 100 })).toBe('one\ntwo\nthree\n');
    expect(await pods.log('chatter', { tailLines: 0 })).toBe('');
  });

  test('is what came after a time', async () => {
    expect(await pods.log('chatter', { sinceTime: '2020-01-01T00:00:00Z' })).toBe('one\ntwo\nthree\n');
    expect(await pods.log('chatter', { sinceTime: '2099-01-01T00:00:00Z' })).toBe('');
    expect(await pods.log('chatter', { sinceSeconds: 3000 })).toBe('one\ntwo\nthree\n');
  });

  test('ends within a line when the bytes are used up', async () => {
    expect(await pods.log('chatter', { limitBytes: 6 })).toBe('one\ntw');
    expect(await pods.log('chatter', { tailLines: 1, limitBytes: 2 })).toBe('th');
  });

  test('has a time before each line, never the same twice and always later', async () => {
    const lines = (await pods.log('chatter', { timestamps: true })).trimEnd().split('\n');
    const times = lines.map((line) => /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z) /.exec(line)?.[1] ?? '');
    expect(lines.map((line) => line.split(' ')[1])).toEqual(['one', 'two', 'three']);
    expect(times).toEqual([...new Set(times)].toSorted());
    expect(times).not.toContain('');
  });
});

describe('a log is refused', () => {
  test('with the reason why there is none', async () => {
    expect(await words('pair')).toBe('a container name must be specified for pod pair, choose one of: [main side]');
    expect(await words('pair', { container: 'other' })).toBe('container other is not valid for pod pair');
    await pods.once('imageless', 'waits', (status) => stateOf(status).waiting?.reason === 'ErrImageNeverPull');
    expect(await words('imageless')).toBe('container "main" in pod "imageless" is waiting to start: ErrImageNeverPull');
    expect(await words('chatter', { previous: true })).toBe('previous terminated container "main" in pod "chatter" not found');
    expect(await words('nobody')).toBe('not-found');
  });

  test.each([
    [{ tailLines: -1 }, 'PodLogOptions "chatter" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0'],
    [{ limitBytes: 0 }, 'PodLogOptions "chatter" is invalid: limitBytes: Invalid value: 0: must be greater than 0'],
    [{ sinceSeconds: 0 }, 'PodLogOptions "chatter" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0'],
    [{ tailLines: 'x' }, 'strconv.ParseInt: parsing "x": invalid syntax'],
    [{ sinceTime: 'x' }, 'parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"'],
  ])('for %j', async (query, message) => {
    expect(await words('chatter', query)).toContain(message);
  });
});

test('what has no end of line is there once its container has ended', async () => {
  await pods.create(podOf('part', [container('main', 'echo one; printf part; sleep 1; printf more')]));
  await pods.once('part', 'ends', ({ phase }) => phase === 'Succeeded');
  expect(await pods.log('part')).toBe('one\npartmore');
  expect(await pods.log('part', { tailLines: 1 })).toBe('partmore');
}, 60_000);

test('the log of one container of several is its own', async () => {
  expect(await pods.log('pair', { container: 'side' })).toBe('beside\n');
  expect(await pods.log('pair', { container: 'main' })).toBe('');
});

test('a pod that has no node has an empty log', async () => {
  await pods.once('homeless', 'is refused a node', ({ conditions }) => conditions.length > 0);
  expect(await pods.log('homeless')).toBe('');
});

test('a log that is followed ends with its container, and the next start has a log of its own', async () => {
  await pods.once('again', 'runs', (status) => stateOf(status).running !== undefined);
  const path = `${pods.path}/again/log`;
  const stream = await target.admin.stream({
    method: 'GET',
    path,
    query: { follow: true },
    signal: AbortSignal.timeout(50_000),
  });
  let text = '';
  for await (const chunk of stream) text += new TextDecoder().decode(chunk);
  expect(text).toBe('begun\n');
  await pods.once('again', 'was started again', ({ containerStatuses }) => (containerStatuses[0]?.restartCount ?? 0) > 0);
  // Between two starts a kubelet may have taken the older log away already.
  const previous = () => pods.log('again', { previous: true });
  await expect.poll(previous, { timeout: 50_000 }).toBe('begun\n');
}, 120_000);

test('the log of a deleted pod is gone', async () => {
  await removeNow(target.admin, `${pods.path}/pair`);
  expect(await words('pair', { container: 'side' })).toBe('not-found');
}, 60_000);
