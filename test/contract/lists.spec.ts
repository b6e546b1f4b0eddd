import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configMap, corePath, ownNamespace, readList } from './objects.ts';
import { failureOf, openTarget, type Target } from './target.ts';

let target: Target;
let own: Awaited<ReturnType<typeof ownNamespace>>;
const shapes = ['round', 'round', 'square', 'square', 'flat'];

beforeAll(async () => {
  target = await openTarget();
  own = await ownNamespace(target.admin);
  for (const [index, shape] of shapes.entries()) {
    const body = configMap(`list-${index}`, { shape, place: 'here' });
    await target.admin.request({ method: 'POST', path: corePath(own.namespace, 'configmaps'), body });
  }
});

afterAll(async () => {
  await own?.remove();
  await target?.close();
});

const list = async (query: Record<string, string | number>) => {
  const answer = await target.admin.request({ method: 'GET', path: corePath(own.namespace, 'configmaps'), query });
  return readList(answer.body);
};

const names = (items: { metadata: { name: string } }[]): string[] => items.map((item) => item.metadata.name);

test('comes in pages that show the state of the first one', async () => {
  const first = await list({ limit: 2, labelSelector: 'place=here' });
  expect(names(first.items)).toEqual(['list-0', 'list-1']);
  const path = corePath(own.namespace, 'configmaps');
  await target.admin.request({ method: 'POST', path, body: configMap('list-25', { place: 'here' }) });
  const second = await list({ limit: 2, labelSelector: 'place=here', continue: first.metadata.continue ?? '' });
  expect(names(second.items)).toEqual(['list-2', 'list-3']);
  expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
  const third = await list({ limit: 2, labelSelector: 'place=here', continue: second.metadata.continue ?? '' });
  expect(names(third.items)).toEqual(['list-4']);
  expect(third.metadata.continue).toBeUndefined();
  await target.admin.request({ method: 'DELETE', path: `${path}/list-25` });
});

test('tells how many are left when nothing is selected', async () => {
  const page = await list({ limit: 2 });
  expect(page.metadata.remainingItemCount).toBe(shapes.length + 1 - 2);
});

describe('selects by label:', () => {
  const cases: [string, string[]][] = [
    ['shape=round', ['list-0', 'list-1']],
    ['shape in (square, flat)', ['list-2', 'list-3', 'list-4']],
    ['place=here,shape notin (round,square)', ['list-4']],
    ['shape!=round,place', ['list-2', 'list-3', 'list-4']],
    ['place,!shape', []],
  ];
  test.each(cases)('%s', async (labelSelector, expected) => {
    expect(names((await list({ labelSelector })).items)).toEqual(expected);
  });
});

test('selects by field', async () => {
  expect(names((await list({ fieldSelector: 'metadata.name=list-3' })).items)).toEqual(['list-3']);
});

test('refuses a field that cannot be selected', async () => {
  const failure = await failureOf(list({ fieldSelector: 'data.key=value' }));
  expect(failure).toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('"data.key" is not a known field selector'),
  });
});

test('items of built-in kinds carry no kind of their own', async () => {
  const page = await list({ limit: 1 });
  expect(page.kind).toBe('ConfigMapList');
  expect(page.items[0]).not.toHaveProperty('kind');
});
