import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationsPath, configMap, corePath, ownNamespace, readObject, sleepingApplication } from './objects.ts';
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

const create = (path: string, body: unknown, query: Record<string, string> = {}) =>
  target.admin.request({ method: 'POST', path, body, query });

describe('an object', () => {
  test('is created, read, patched and deleted', async () => {
    const path = applicationsPath(own.namespace);
    const name = unique('life');
    const created = await create(path, sleepingApplication(name));
    expect(created.status).toBe(201);
    const object = readObject(created.body);
    expect(object.metadata).toMatchObject({ name, namespace: own.namespace, generation: 1 });
    expect(object.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(object.metadata.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

    const patch = { method: 'PATCH', path: `${path}/${name}`, contentType: 'application/merge-patch+json' } as const;
    const labelled = readObject((await target.admin.request({ ...patch, body: { metadata: { labels: { a: 'b' } } } })).body);
    expect(labelled.metadata.labels).toEqual({ a: 'b' });
    expect(labelled.metadata.generation).toBe(1);
    const edited = readObject((await target.admin.request({ ...patch, body: { spec: { image: 'other' } } })).body);
    expect(edited.metadata.generation).toBe(2);
    expect(Number(edited.metadata.resourceVersion)).toBeGreaterThan(Number(object.metadata.resourceVersion));

    const deleted = await target.admin.request({ method: 'DELETE', path: `${path}/${name}` });
    expect(deleted.body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name, group: 'sparkoperator.k8s.io', kind: 'sparkapplications', uid: object.metadata.uid },
    });
    const gone = await failureOf(target.admin.request({ method: 'GET', path: `${path}/${name}` }));
    expect(gone).toEqual({ code: 'not-found', kind: 'sparkapplications', namespace: own.namespace, name });
  });

  test('takes a generated name', async () => {
    const body = { ...sleepingApplication(''), metadata: { generateName: 'contract-gen-' } };
    const object = readObject((await create(applicationsPath(own.namespace), body)).body);
    expect(object.metadata.name).toMatch(/^contract-gen-[a-z0-9]{5}$/);
  });

  test('has a status that only its subresource writes', async () => {
    const path = applicationsPath(own.namespace);
    const name = unique('status');
    await create(path, { ...sleepingApplication(name), status: { applicationState: { state: 'MADE-UP' } } });
    await until('the operator suspends it', 20, async () => {
      const { status } = readObject((await target.admin.request({ method: 'GET', path: `${path}/${name}` })).body);
      return JSON.stringify(status ?? {}).includes('SUSPENDED') ? status : null;
    });
    const answer = await target.admin.request({
      method: 'PATCH',
      path: `${path}/${name}/status`,
      contentType: 'application/merge-patch+json',
      body: { status: { applicationState: { state: 'WRITTEN' } }, spec: { image: 'ignored' } },
    });
    expect(answer.body).toMatchObject({ status: { applicationState: { state: 'WRITTEN' } }, metadata: { generation: 1 } });
    expect(readObject(answer.body).spec).not.toHaveProperty('image');
  });

  test('of its owner goes with it', async () => {
    const path = corePath(own.namespace, 'configmaps');
    const owner = readObject((await create(path, configMap(unique('owner')))).body);
    const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: owner.metadata.name, uid: owner.metadata.uid };
    const name = unique('owned');
    await create(path, { ...configMap(name), metadata: { name, ownerReferences: [reference] } });
    await target.admin.request({ method: 'DELETE', path: `${path}/${owner.metadata.name}` });
    const failure = await until('the garbage collector', 25, () =>
      failureOf(target.admin.request({ method: 'GET', path: `${path}/${name}` })).catch(() => null),
    );
    expect(failure.code).toBe('not-found');
  });
});

describe('a refusal', () => {
  test('says that a name is taken', async () => {
    const path = corePath(own.namespace, 'configmaps');
    const name = unique('taken');
    await create(path, configMap(name));
    const failure = await failureOf(create(path, configMap(name)));
    expect(failure).toEqual({ code: 'name-taken', kind: 'configmaps', namespace: own.namespace, name });
  });

  test('names every wrong field', async () => {
    const spec = { type: 'Cobol', driver: { cores: 'two' }, executor: { instances: -1 } };
    const failure = await failureOf(create(applicationsPath(own.namespace), sleepingApplication('wrong', spec)));
    expect(failure.code).toBe('invalid');
    const causes = failure.code === 'invalid' ? failure.causes : [];
    const byField = new Map(causes.map((cause) => [cause.field, cause.message]));
    expect([...byField.keys()].sort()).toEqual(['spec.driver.cores', 'spec.executor.instances', 'spec.type']);
    expect(byField.get('spec.driver.cores')).toBe(
      'Invalid value: "string": spec.driver.cores in body must be of type integer: "string"',
    );
    expect(byField.get('spec.executor.instances')).toBe(
      'Invalid value: -1: spec.executor.instances in body should be greater than or equal to 1',
    );
    expect(byField.get('spec.type')).toBe('Unsupported value: "Cobol": supported values: "Java", "Python", "Scala", "R"');
  });

  test('names what is missing, in order', async () => {
    const body = { ...sleepingApplication('missing'), spec: {} };
    const failure = await failureOf(create(applicationsPath(own.namespace), body));
    expect(failure).toMatchObject({
      code: 'invalid',
      message:
        'SparkApplication.sparkoperator.k8s.io "missing" is invalid: [spec.driver: Required value, spec.executor: Required value, ' +
        'spec.mainApplicationFile: Required value, spec.sparkVersion: Required value, spec.type: Required value]',
    });
  });

  test('of a strict creation lists unknown fields', async () => {
    const body = sleepingApplication('strict', { colour: 'red', driver: { cores: 1, corez: 2 } });
    const failure = await failureOf(create(applicationsPath(own.namespace), body, { fieldValidation: 'Strict' }));
    expect(failure).toMatchObject({
      code: 'invalid',
      message:
        'SparkApplication in version "v1beta2" cannot be handled as a SparkApplication: strict decoding error: ' +
        'unknown field "spec.colour", unknown field "spec.driver.corez"',
    });
  });

  test('is only a warning when creation is not strict', async () => {
    const answer = await create(applicationsPath(own.namespace), sleepingApplication('warned', { colour: 'red' }), {
      fieldValidation: 'Warn',
      dryRun: 'All',
    });
    expect(answer.warnings.join()).toContain('unknown field "spec.colour"');
    expect(readObject(answer.body).spec).not.toHaveProperty('colour');
  });

  test('says that a kind is absent', async () => {
    const path = `/apis/absent.example.com/v1/namespaces/${own.namespace}/things`;
    const failure = await failureOf(target.admin.request({ method: 'GET', path }));
    expect(failure).toEqual({ code: 'kind-absent', group: 'absent.example.com', kind: 'things' });
  });

  test('of an old version is a conflict', async () => {
    const path = corePath(own.namespace, 'configmaps');
    const name = unique('old');
    await create(path, configMap(name));
    const body = { ...configMap(name), metadata: { name, resourceVersion: '1' } };
    const failure = await failureOf(target.admin.request({ method: 'PUT', path: `${path}/${name}`, body }));
    expect(failure).toMatchObject({ code: 'conflict', kind: 'configmaps', name });
    const wrongUid = { preconditions: { uid: 'other' } };
    const kept = await failureOf(target.admin.request({ method: 'DELETE', path: `${path}/${name}`, body: wrongUid }));
    expect(kept.code).toBe('conflict');
  });

  test('of a namespace that is not there names it', async () => {
    const failure = await failureOf(create(corePath('contract-nowhere', 'configmaps'), configMap('lost')));
    expect(failure).toMatchObject({ code: 'not-found', name: 'contract-nowhere' });
  });
});
