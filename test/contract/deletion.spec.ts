import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  applicationsPath,
  configMap,
  corePath,
  type KubeObject,
  ownNamespace,
  readList,
  readObject,
  sleepingApplication,
} from './objects.ts';
import { failureOf, openTarget, type Target, unique, until } from './target.ts';

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

const maps = () => corePath(own.namespace, 'configmaps');
const pathOf = (name: string) => `${maps()}/${name}`;
const get = async (name: string): Promise<KubeObject> =>
  readObject((await target.admin.request({ method: 'GET', path: pathOf(name) })).body);
const make = async (name: string, metadata: Record<string, unknown> = {}): Promise<KubeObject> => {
  const body = { ...configMap(name), metadata: { name, ...metadata } };
  return readObject((await target.admin.request({ method: 'POST', path: maps(), body })).body);
};
const remove = (name: string, body?: unknown, query: Record<string, string> = {}) =>
  target.admin.request({ method: 'DELETE', path: pathOf(name), query, ...(body === undefined ? {} : { body }) });
const merge = (path: string, body: unknown, query: Record<string, string> = {}) =>
  target.admin.request({ method: 'PATCH', path, query, body, contentType: 'application/merge-patch+json' });
const gone = (name: string) =>
  until(`${name} is gone`, 25, async () => {
    const failure = await failureOf(target.admin.request({ method: 'GET', path: pathOf(name) })).catch(() => null);
    return failure?.code === 'not-found' ? failure : null;
  });
const referenceTo = (owner: KubeObject, more: Record<string, unknown> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: owner.metadata.name,
  uid: owner.metadata.uid,
  ...more,
});

describe('a finalizer', () => {
  test('keeps a deleted object until it is taken off', async () => {
    const name = unique('held');
    await make(name, { finalizers: ['example.com/a', 'example.com/b'] });
    const deleted = readObject((await remove(name)).body);
    expect(deleted.metadata).toMatchObject({ deletionGracePeriodSeconds: 0, finalizers: ['example.com/a', 'example.com/b'] });
    expect(deleted.metadata.deletionTimestamp).toMatch(/^\d{4}-/);
    const again = readObject((await remove(name)).body);
    expect(again.metadata.resourceVersion).toBe(deleted.metadata.resourceVersion);

    expect(readObject((await merge(pathOf(name), { data: { key: 'new' } })).body).data).toEqual({ key: 'new' });
    const finalizers = ['example.com/a', 'example.com/b', 'example.com/c'];
    const failure = await failureOf(merge(pathOf(name), { metadata: { finalizers } }));
    expect(failure).toMatchObject({
      code: 'invalid',
      message:
        `ConfigMap "${name}" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being ` +
        'deleted, found new finalizers []string{"example.com/c"}',
    });
    const taken = await failureOf(target.admin.request({ method: 'POST', path: maps(), body: configMap(name) }));
    expect(taken.code).toBe('name-taken');

    await merge(pathOf(name), { metadata: { finalizers: ['example.com/b'] } });
    expect((await get(name)).metadata.finalizers).toEqual(['example.com/b']);
    await merge(pathOf(name), { metadata: { finalizers: null } }, { dryRun: 'All' });
    expect((await get(name)).metadata.finalizers).toEqual(['example.com/b']);
    const last = readObject((await merge(pathOf(name), { metadata: { finalizers: null } })).body);
    expect(last.metadata.deletionTimestamp).toBe(deleted.metadata.deletionTimestamp);
    await gone(name);
  });

  test('holds a custom resource too, whose generation counts the deletion', async () => {
    const name = unique('app');
    const path = `${applicationsPath(own.namespace)}/${name}`;
    const body = { ...sleepingApplication(name), metadata: { name, finalizers: ['example.com/a'] } };
    await target.admin.request({ method: 'POST', path: applicationsPath(own.namespace), body });
    const deleted = readObject((await target.admin.request({ method: 'DELETE', path })).body);
    expect(deleted.metadata.generation).toBe(2);
    await merge(path, { metadata: { finalizers: [] } });
    await until('gone', 10, async () => {
      const failure = await failureOf(target.admin.request({ method: 'GET', path })).catch(() => null);
      return failure?.code === 'not-found' ? failure : null;
    });
  });
});

describe('dependents', () => {
  test('in the foreground go before their owner, which waits for those that block it', async () => {
    const owner = await make(unique('owner'));
    const [blocking, free] = [unique('blocking'), unique('free')];
    await make(blocking, { finalizers: ['example.com/a'], ownerReferences: [referenceTo(owner, { blockOwnerDeletion: true })] });
    await make(free, { ownerReferences: [referenceTo(owner)] });
    const deleted = readObject((await remove(owner.metadata.name, undefined, { propagationPolicy: 'Foreground' })).body);
    expect(deleted.metadata.finalizers).toEqual(['foregroundDeletion']);
    await gone(free);
    await until('the dependent is going', 20, async () => ((await get(blocking)).metadata.deletionTimestamp ? true : null));
    expect((await get(owner.metadata.name)).metadata.finalizers).toEqual(['foregroundDeletion']);
    await merge(pathOf(blocking), { metadata: { finalizers: null } });
    await gone(blocking);
    await gone(owner.metadata.name);
  });

  test('are left behind without an owner', async () => {
    const owner = await make(unique('owner'));
    const orphan = unique('orphan');
    await make(orphan, { ownerReferences: [referenceTo(owner)] });
    const deleted = readObject((await remove(owner.metadata.name, { propagationPolicy: 'Orphan' })).body);
    expect(deleted.metadata.finalizers).toEqual(['orphan']);
    await gone(owner.metadata.name);
    expect((await get(orphan)).metadata.ownerReferences).toBeUndefined();
  });

  test('in the background follow, those of dependents too, and stay with another owner', async () => {
    const [first, second] = [await make(unique('first')), await make(unique('second'))];
    const child = await make(unique('child'), { ownerReferences: [referenceTo(first)] });
    const grandchild = unique('grandchild');
    await make(grandchild, { ownerReferences: [referenceTo(child)] });
    const shared = unique('shared');
    await make(shared, { ownerReferences: [referenceTo(first), referenceTo(second)] });
    expect((await remove(first.metadata.name, { propagationPolicy: 'Background' })).body).toMatchObject({ status: 'Success' });
    await gone(grandchild);
    await until('one owner is left', 20, async () => {
      const owners = (await get(shared)).metadata.ownerReferences ?? [];
      return owners.length === 1 && owners[0]?.uid === second.metadata.uid ? true : null;
    });
  });

  test('of an owner that never was go at once', async () => {
    const name = unique('lost');
    const never = { ...referenceTo(await make(unique('never'))), uid: '11111111-1111-1111-1111-111111111111' };
    await make(name, { ownerReferences: [never] });
    await gone(name);
  });
});

describe('a deletion', () => {
  test('holds only for what it names', async () => {
    const name = unique('named');
    const { metadata } = await make(name);
    const wrongUid = await failureOf(remove(name, { preconditions: { uid: 'other' } }));
    expect(wrongUid).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`the UID in the precondition (other) does not match the UID in record (${metadata.uid})`),
    });
    const wrongVersion = await failureOf(remove(name, { preconditions: { resourceVersion: '1' } }));
    expect(wrongVersion).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`does not match the ResourceVersion in record (${metadata.resourceVersion})`),
    });
    const right = { preconditions: { uid: metadata.uid, resourceVersion: metadata.resourceVersion } };
    expect((await remove(name, right)).body).toMatchObject({ status: 'Success', details: { uid: metadata.uid } });
  });

  test('changes nothing in a dry run', async () => {
    const name = unique('dry');
    await make(name);
    expect((await remove(name, undefined, { dryRun: 'All' })).body).toMatchObject({ status: 'Success' });
    expect((await remove(name, { dryRun: ['All'] })).body).toMatchObject({ status: 'Success' });
    expect((await get(name)).metadata.name).toBe(name);
  });

  test.each([
    [
      { propagationPolicy: 'Foo' },
      'propagationPolicy: Unsupported value: "Foo": supported values: "Foreground", "Background", "Orphan", "nil"',
    ],
    [{ dryRun: 'Foo' }, 'dryRun: Unsupported value: ["Foo"]: supported values: "All"'],
  ])('with %o is refused', async (query, words) => {
    expect(await failureOf(remove('any', undefined, query))).toMatchObject({
      message: `DeleteOptions.meta.k8s.io "" is invalid: ${words}`,
    });
  });

  test('of a list takes what the selectors choose', async () => {
    const mark = unique('mark');
    for (const kind of ['one', 'two', 'three']) await make(`${mark}-${kind}`, { labels: { mark, odd: String(kind !== 'two') } });
    const selecting = (labelSelector: string, dryRun: Record<string, string> = {}) =>
      target.admin.request({ method: 'DELETE', path: maps(), query: { labelSelector, ...dryRun } });
    expect(readList((await selecting(`mark=${mark}`, { dryRun: 'All' })).body).items).toHaveLength(3);
    const deleted = readList((await selecting(`mark=${mark},odd=true`)).body);
    expect(deleted.items.map(({ metadata }) => metadata.name).sort()).toEqual([`${mark}-one`, `${mark}-three`]);
    const left = await target.admin.request({ method: 'GET', path: maps(), query: { labelSelector: `mark=${mark}` } });
    expect(readList(left.body).items.map(({ metadata }) => metadata.name)).toEqual([`${mark}-two`]);
  });
});

test('a pod that no node has goes at once, and says what it was', async () => {
  const path = corePath(own.namespace, 'pods');
  const name = unique('pod');
  const spec = { nodeSelector: { nowhere: 'true' }, containers: [{ name: 'a', image: 'i' }] };
  await target.admin.request({ method: 'POST', path, body: { metadata: { name }, spec } });
  const deleted = readObject((await target.admin.request({ method: 'DELETE', path: `${path}/${name}` })).body);
  expect(deleted.kind).toBe('Pod');
  expect(deleted.metadata).toMatchObject({ deletionGracePeriodSeconds: 0, generation: 2 });
  const failure = await failureOf(target.admin.request({ method: 'GET', path: `${path}/${name}` }));
  expect(failure.code).toBe('not-found');
});

describe('a namespace', () => {
  test('takes in nothing while it goes, and is gone when it is empty', async () => {
    const ending = await ownNamespace(target.admin);
    const inside = corePath(ending.namespace, 'configmaps');
    const held = { ...configMap('held'), metadata: { name: 'held', finalizers: ['example.com/a'] } };
    await target.admin.request({ method: 'POST', path: inside, body: held });
    const path = `/api/v1/namespaces/${ending.namespace}`;
    const deleted = await target.admin.request({ method: 'DELETE', path });
    expect(deleted.body).toMatchObject({ kind: 'Namespace', status: { phase: 'Terminating' } });
    const failure = await failureOf(target.admin.request({ method: 'POST', path: inside, body: configMap('late') }));
    expect(failure).toMatchObject({
      message:
        `configmaps "late" is forbidden: unable to create new content in namespace ${ending.namespace} because it is being ` +
        'terminated',
    });
    await until('its content is going', 20, async () => {
      const answer = await target.admin.request({ method: 'GET', path: `${inside}/held` });
      return readObject(answer.body).metadata.deletionTimestamp ?? null;
    });
    expect((await target.admin.request({ method: 'GET', path })).body).toMatchObject({ status: { phase: 'Terminating' } });
    await merge(`${inside}/held`, { metadata: { finalizers: null } });
    await until('the namespace is gone', 28, async () => {
      const found = await failureOf(target.admin.request({ method: 'GET', path })).catch(() => null);
      return found?.code === 'not-found' ? found : null;
    });
  });

  test('of the cluster itself stays', async () => {
    const path = '/api/v1/namespaces/default';
    expect(await failureOf(target.admin.request({ method: 'DELETE', path, query: { dryRun: 'All' } }))).toMatchObject({
      message: 'namespaces "default" is forbidden: this namespace may not be deleted',
    });
  });
});
