import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationsPath, configMap, corePath, ownNamespace, readList, readObject } from './objects.ts';
import { failureOf, openTarget, type Target, unique } from './target.ts';
import { readWatch } from './watching.ts';

let target: Target;
let own: Awaited<ReturnType<typeof ownNamespace>>;

beforeAll(async () => {
  target = await openTarget();
  own = await ownNamespace(target.admin);
});

afterAll(async () => {
  await own?.remove();
  await target?.close();
});

const path = (): string => corePath(own.namespace, 'configmaps');

async function version(): Promise<string> {
  return readList((await target.admin.request({ method: 'GET', path: path() })).body).metadata.resourceVersion;
}

async function live(name: string): Promise<void> {
  await target.admin.request({ method: 'POST', path: path(), body: configMap(name, { step: 'one' }) });
  const body = { metadata: { labels: { step: 'two' } } };
  await target.admin.request({ method: 'PATCH', path: `${path()}/${name}`, body, contentType: 'application/merge-patch+json' });
  await target.admin.request({ method: 'DELETE', path: `${path()}/${name}` });
}

test('tells added, modified and deleted, with rising versions', async () => {
  const name = unique('told');
  const from = await version();
  const watching = readWatch(target.admin, path(), { resourceVersion: from }, (frames) => frames.length >= 3);
  await live(name);
  const frames = await watching;
  expect(frames.map((frame) => [frame.type, frame.object.metadata.name])).toEqual([
    ['ADDED', name],
    ['MODIFIED', name],
    ['DELETED', name],
  ]);
  const versions = frames.map((frame) => Number(frame.object.metadata.resourceVersion));
  expect(versions).toEqual([...versions].sort((one, other) => one - other));
  expect(versions[0]).toBeGreaterThan(Number(from));
});

test('resumes after a version without missing or repeating', async () => {
  const name = unique('resumed');
  const from = await version();
  await live(name);
  const all = await readWatch(target.admin, path(), { resourceVersion: from }, (frames) => frames.length >= 3);
  const [first] = all;
  const after = first?.object.metadata.resourceVersion ?? '';
  const rest = await readWatch(target.admin, path(), { resourceVersion: after }, (frames) => frames.length >= 2);
  expect(rest.map((frame) => frame.type)).toEqual(['MODIFIED', 'DELETED']);
});

test('a selector turns leaving and entering into deleted and added', async () => {
  const name = unique('selected');
  const query = { resourceVersion: await version(), labelSelector: 'step=one' };
  const watching = readWatch(target.admin, path(), query, (frames) => frames.length >= 2);
  await live(name);
  expect((await watching).map((frame) => frame.type)).toEqual(['ADDED', 'DELETED']);
});

test('what leaves the selection is told as it was, with the version of the change', async () => {
  const name = unique('left');
  const query = { resourceVersion: await version(), labelSelector: 'step=one' };
  const all = readWatch(target.admin, path(), { resourceVersion: query.resourceVersion }, (frames) => frames.length >= 3);
  const watching = readWatch(target.admin, path(), query, (frames) => frames.length >= 2);
  await live(name);
  const [, left] = await watching;
  const [, modified] = await all;
  expect(left?.object.metadata).toMatchObject({ name, labels: { step: 'one' } });
  expect(left?.object.metadata.resourceVersion).toBe(modified?.object.metadata.resourceVersion);
});

test('what is deleted is told in its last state with a version of its own', async () => {
  const name = unique('gone');
  const query = { resourceVersion: await version(), fieldSelector: `metadata.name=${name}` };
  const watching = readWatch(target.admin, path(), query, (frames) => frames.length >= 3);
  await live(name);
  const [, modified, deleted] = await watching;
  expect(deleted).toMatchObject({ type: 'DELETED', object: { metadata: { name, labels: { step: 'two' } } } });
  expect(Number(deleted?.object.metadata.resourceVersion)).toBeGreaterThan(Number(modified?.object.metadata.resourceVersion));
});

test('one object is watched by its name, in all namespaces too', async () => {
  const name = unique('alone');
  const from = await version();
  const query = { resourceVersion: from, fieldSelector: `metadata.name=${name}` };
  const here = readWatch(target.admin, path(), query, (frames) => frames.length >= 3);
  const everywhere = readWatch(target.admin, '/api/v1/configmaps', query, (frames) => frames.length >= 3);
  await live(unique('other'));
  await live(name);
  for (const frames of [await here, await everywhere]) {
    expect(frames.map((frame) => [frame.type, frame.object.metadata.name])).toEqual([
      ['ADDED', name],
      ['MODIFIED', name],
      ['DELETED', name],
    ]);
  }
});

test('version 0 begins with what is there and goes on', async () => {
  const there = unique('there');
  await target.admin.request({ method: 'POST', path: path(), body: configMap(there, { step: 'one' }) });
  const name = unique('zero');
  let begun: () => void = () => undefined;
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const watching = readWatch(target.admin, path(), { resourceVersion: 0 }, (frames) => {
    begun();
    return frames.some(({ object, type }) => type === 'DELETED' && object.metadata.name === name);
  });
  // Made and gone before the server begins, it would never be told of.
  await beginning;
  await live(name);
  const frames = await watching;
  expect(frames[0]).toMatchObject({ type: 'ADDED' });
  expect(frames.filter(({ object }) => object.metadata.name === there).map(({ type }) => type)).toEqual(['ADDED']);
  const told = frames.filter(({ object }) => object.metadata.name === name);
  expect(told.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
});

describe('initial events', () => {
  const asked = { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan', allowWatchBookmarks: true };

  test('end with a bookmark that says so', async () => {
    const from = Number(await version());
    const frames = await readWatch(target.admin, path(), asked, (seen) => seen.some((frame) => frame.type === 'BOOKMARK'));
    expect(frames.slice(0, -1).map((frame) => frame.type)).toEqual(frames.slice(0, -1).map(() => 'ADDED'));
    expect(frames.at(-1)?.object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
    expect(Number(frames.at(-1)?.object.metadata.resourceVersion)).toBeGreaterThanOrEqual(from);
  });

  test('are left out when that is asked for', async () => {
    const query = { ...asked, sendInitialEvents: false, resourceVersion: await version() };
    const name = unique('first');
    const watching = readWatch(target.admin, path(), query, (frames) => frames.length >= 1);
    await live(name);
    expect((await watching)[0]).toMatchObject({ type: 'ADDED', object: { metadata: { name } } });
  });

  test('of a version that is not there yet are refused inside the stream', async () => {
    const frames = await readWatch(target.admin, path(), { ...asked, resourceVersion: 99_999_999 });
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({ type: 'ERROR', object: { code: 504, reason: 'Timeout' } });
    expect(frames[0]?.object.message).toMatch(/^Timeout: Too large resource version: 99999999, current: \d+$/);
  });

  const refused: [Record<string, string | number | boolean>, string][] = [
    [{ sendInitialEvents: true }, 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'],
    [
      { resourceVersion: 5, resourceVersionMatch: 'NotOlderThan' },
      'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
    [{ resourceVersion: 'abc' }, 'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax'],
    [{ labelSelector: 'x in' }, "unable to parse requirement: found '' expected: '('"],
  ];
  test.each(refused)('%j is refused', async (query, words) => {
    const failure = await failureOf(readWatch(target.admin, path(), query));
    expect(failure).toMatchObject({ message: expect.stringContaining(words) });
  });
});

test('a version that is not there yet is waited for in silence', async () => {
  expect(await readWatch(target.admin, path(), { resourceVersion: 99_999_999, timeoutSeconds: 1 })).toEqual([]);
});

test('without a version it begins with what is there', async () => {
  const frames = await readWatch(target.admin, path(), {}, (seen) => seen.length >= 1);
  expect(frames[0]).toMatchObject({ type: 'ADDED', object: { kind: 'ConfigMap' } });
});

test('ends after its timeout, with a bookmark past changes that its selector hides', async () => {
  const from = await version();
  const query = { resourceVersion: from, timeoutSeconds: 4, allowWatchBookmarks: true, labelSelector: 'step=never' };
  const begun = Date.now();
  const watching = readWatch(target.admin, path(), query);
  const name = unique('hidden');
  await live(name);
  const frames = await watching;
  expect(Date.now() - begun).toBeGreaterThan(3000);
  expect(Date.now() - begun).toBeLessThan(9000);
  // One at the end; a server may send another before, when its own turn comes.
  expect(new Set(frames.map((frame) => frame.type))).toEqual(new Set(['BOOKMARK']));
  const bookmark = frames.at(-1);
  expect(bookmark?.object.kind).toBe('ConfigMap');
  expect(Number(bookmark?.object.metadata.resourceVersion)).toBeGreaterThan(Number(from));
  const resumed = { resourceVersion: bookmark?.object.metadata.resourceVersion ?? '' };
  const later = unique('later');
  const next = readWatch(target.admin, path(), resumed, (seen) => seen.length >= 1);
  await target.admin.request({ method: 'POST', path: path(), body: configMap(later) });
  expect((await next)[0]).toMatchObject({ type: 'ADDED', object: { metadata: { name: later } } });
});

test('a version that is forgotten is refused with 410 inside the stream', async () => {
  const frames = await readWatch(target.admin, applicationsPath(own.namespace), { resourceVersion: 1, timeoutSeconds: 5 });
  expect(frames).toHaveLength(1);
  expect(frames[0]).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } });
  expect(frames[0]?.object.message).toMatch(/^too old resource version: 1 \(\d+\)$/);
});

test('a created object and the watch agree on its version', async () => {
  const name = unique('agree');
  const watching = readWatch(target.admin, path(), { resourceVersion: await version() }, (frames) => frames.length >= 1);
  const created = readObject((await target.admin.request({ method: 'POST', path: path(), body: configMap(name) })).body);
  expect((await watching)[0]?.object.metadata.resourceVersion).toBe(created.metadata.resourceVersion);
});
