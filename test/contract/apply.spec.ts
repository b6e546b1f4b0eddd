import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicationsPath, apply, ownNamespace, readObject, sleepingApplication } from './objects.ts';
import { failureOf, openTarget, type Target, unique } from './target.ts';

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

const pathOf = (name: string): string => `${applicationsPath(own.namespace)}/${name}`;

test('a dry run answers as if and creates nothing', async () => {
  const name = unique('dry');
  const answer = await apply(target.admin, pathOf(name), sleepingApplication(name), { dryRun: 'All' });
  expect(answer.status).toBe(201);
  const object = readObject(answer.body);
  expect(object.metadata).toMatchObject({ name, generation: 1 });
  expect(object.metadata.resourceVersion).toBeUndefined();
  const failure = await failureOf(target.admin.request({ method: 'GET', path: pathOf(name) }));
  expect(failure.code).toBe('not-found');
});

test('apply creates, the same again changes nothing, less takes away', async () => {
  const name = unique('apply');
  const first = await apply(target.admin, pathOf(name), sleepingApplication(name, { sparkConf: { a: '1', b: '2' } }));
  expect(first.status).toBe(201);
  expect(readObject(first.body).metadata).toMatchObject({
    managedFields: [{ manager: 'emberdeck', operation: 'Apply', fieldsType: 'FieldsV1' }],
  });
  const again = await apply(target.admin, pathOf(name), sleepingApplication(name, { sparkConf: { a: '1', b: '2' } }));
  expect(again.status).toBe(200);
  expect(readObject(again.body).metadata.generation).toBe(1);
  const less = await apply(target.admin, pathOf(name), sleepingApplication(name, { sparkConf: { a: '1' } }));
  expect(less.body).toMatchObject({ spec: { sparkConf: { a: '1' } }, metadata: { generation: 2 } });
  expect(readObject(less.body).spec?.sparkConf).toEqual({ a: '1' });
  const none = await apply(target.admin, pathOf(name), sleepingApplication(name));
  expect(readObject(none.body).spec).not.toHaveProperty('sparkConf');
});

test('an unknown field is refused with its path', async () => {
  const failure = await failureOf(apply(target.admin, pathOf('strict'), sleepingApplication('strict', { colour: 'red' })));
  expect(failure).toEqual({
    code: 'invalid',
    message:
      'failed to create typed patch object (/strict; sparkoperator.k8s.io/v1beta2, Kind=SparkApplication): ' +
      '.spec.colour: field not declared in schema',
    causes: [{ field: 'spec.colour', message: 'field not declared in schema' }],
  });
});

test('a value of the wrong type is refused with its path', async () => {
  const spec = { driver: { cores: 'two' } };
  const failure = await failureOf(apply(target.admin, pathOf('typed'), sleepingApplication('typed', spec)));
  expect(failure).toMatchObject({
    code: 'invalid',
    causes: [{ field: 'spec.driver.cores', message: 'expected numeric (int or float), got string' }],
  });
});

test('what the schema forbids is refused with its causes, in a dry run too', async () => {
  const spec = { type: 'Cobol', executor: { instances: 0 } };
  const body = sleepingApplication('forbidden', spec);
  const failure = await failureOf(apply(target.admin, pathOf('forbidden'), body, { dryRun: 'All' }));
  expect(failure.code).toBe('invalid');
  const fields = failure.code === 'invalid' ? failure.causes.map((cause) => cause.field).sort() : [];
  expect(fields).toEqual(['spec.executor.instances', 'spec.type']);
});

test('another manager is told of the conflict, unless it forces', async () => {
  const name = unique('conflict');
  await apply(target.admin, pathOf(name), sleepingApplication(name, { sparkVersion: '3.5.7' }));
  const other = sleepingApplication(name, { sparkVersion: '4.0.0' });
  const failure = await failureOf(apply(target.admin, pathOf(name), other, { fieldManager: 'someone' }));
  expect(failure).toMatchObject({
    code: 'conflict',
    message: 'Apply failed with 1 conflict: conflict with "emberdeck": .spec.sparkVersion',
  });
  const forced = await apply(target.admin, pathOf(name), other, { fieldManager: 'someone', force: 'true' });
  expect(forced.body).toMatchObject({ spec: { sparkVersion: '4.0.0' } });
});

test('an impossible version makes apply create only', async () => {
  const name = unique('only');
  const body = { ...sleepingApplication(name), metadata: { name, resourceVersion: '1' } };
  expect((await apply(target.admin, pathOf(name), body)).status).toBe(201);
  const failure = await failureOf(apply(target.admin, pathOf(name), body));
  expect(failure).toMatchObject({ code: 'conflict', kind: 'sparkapplications', name });
});

test('the name in the body has to be the name in the path', async () => {
  const failure = await failureOf(apply(target.admin, pathOf('one'), sleepingApplication('other')));
  expect(failure).toMatchObject({
    code: 'invalid',
    message: 'the name of the object (other) does not match the name on the URL (one)',
  });
});
