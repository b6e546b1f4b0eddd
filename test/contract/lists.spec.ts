import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configMap, corePath, ownNamespace, readList } from './objects.ts';
import { failureOf, openTarget, type Target, unique } from './target.ts';

let target: Target;
let own: Awaited<ReturnType<typeof ownNamespace>>;
const shapes = ['round', 'round', 'square', 'square', 'flat'];

beforeAll(async () => {
  target = await openTarget();
  own = await ownNamespace(target.admin);
  for (const [index, shape] of shapes.entries()) {
    const body = configMap(`list-${index}`, { shape, place: 'here', size: String(index) });
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
    ['shape==round', ['list-0', 'list-1']],
    ['  shape = round ,place=here', ['list-0', 'list-1']],
    ['shape in (square, flat)', ['list-2', 'list-3', 'list-4']],
    ['place=here,shape notin (round,square)', ['list-4']],
    ['shape!=round,place', ['list-2', 'list-3', 'list-4']],
    ['place,!shape', []],
    ['shape=', []],
    ['shape in ()', []],
    ['size>2', ['list-3', 'list-4']],
    ['size<2', ['list-0', 'list-1']],
    ['shape=round,shape=square', []],
  ];
  test.each(cases)('%s', async (labelSelector, expected) => {
    expect(names((await list({ labelSelector })).items)).toEqual(expected);
  });
});

describe('selects by field:', () => {
  const cases: [string, string[]][] = [
    ['metadata.name=list-3', ['list-3']],
    ['metadata.name==list-3,metadata.name!=list-2', ['list-3']],
    ['metadata.name=list-3,metadata.name=list-2', []],
    ['metadata.namespace=nowhere', []],
    ['metadata.name=list-3,', ['list-3']],
    ['metadata.name=', []],
  ];
  test.each(cases)('%s', async (fieldSelector, expected) => {
    expect(names((await list({ fieldSelector })).items)).toEqual(expected);
  });
});

describe('refuses, and says why:', () => {
  const cases: [string, Record<string, string | number>, string][] = [
    ['an unknown field', { fieldSelector: 'data.key=value' }, '"data.key" is not a known field selector'],
    ['half a field', { fieldSelector: 'metadata.name' }, "invalid selector: 'metadata.name'; can't understand 'metadata.name'"],
    ['an open list', { labelSelector: 'shape in (round' }, "unable to parse requirement: found '', expected: ',' or ')'"],
    ['no list', { labelSelector: 'shape in round' }, "unable to parse requirement: found 'round' expected: '('"],
    ['an unknown operator', { labelSelector: 'size gt 2' }, "found 'gt', expected: in, notin, =, ==, !=, gt, lt"],
    ['two values', { labelSelector: 'shape=a b' }, "found 'b', expected: ',' or 'end of string'"],
    ['a comma at the end', { labelSelector: 'shape,' }, "found '', expected: identifier after ','"],
    ['no number', { labelSelector: 'size>big' }, "for 'Gt', 'Lt' operators, the value must be an integer"],
    ['a value that is none', { labelSelector: 'shape=-x' }, 'values[0][shape]: Invalid value: "-x": a valid label must be'],
    ['a version that is none', { resourceVersion: 'abc' }, 'invalid resource version: resourceVersion: Invalid value: "abc"'],
    ['a limit that is none', { limit: 'many' }, 'strconv.ParseInt: parsing "many": invalid syntax'],
    [
      'a token that is none',
      { limit: 1, continue: 'abc' },
      "continue key is not valid: invalid character 'i' looking for beginning",
    ],
    [
      'a match of nothing',
      { resourceVersionMatch: 'Exact' },
      'resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      'an unknown match',
      { resourceVersionMatch: 'Near', resourceVersion: 1 },
      'Unsupported value: "Near": supported values: "Exact"',
    ],
    [
      'exactly any version',
      { resourceVersionMatch: 'Exact', resourceVersion: 0 },
      'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    ],
    ['initial events', { sendInitialEvents: 'true' }, 'sendInitialEvents is forbidden for list'],
  ];
  test.each(cases)('%s', async (_name, query, words) => {
    const failure = await failureOf(list(query));
    expect(failure).toMatchObject({ code: 'invalid', message: expect.stringContaining(words) });
  });
});

describe('at a version:', () => {
  /** A version, and an object that came after it. */
  async function past(): Promise<{ version: string; later: string }> {
    const { metadata } = await list({ limit: 1 });
    const later = unique('later');
    await target.admin.request({ method: 'POST', path: corePath(own.namespace, 'configmaps'), body: configMap(later) });
    return { version: metadata.resourceVersion, later };
  }

  test('exactly it, when that is asked for', async () => {
    const { version, later } = await past();
    const page = await list({ resourceVersion: version, resourceVersionMatch: 'Exact' });
    expect(page.metadata.resourceVersion).toBe(version);
    expect(names(page.items)).not.toContain(later);
  });

  test('a later one, when it is the least', async () => {
    const { version, later } = await past();
    for (const match of [{}, { resourceVersionMatch: 'NotOlderThan' }]) {
      const page = await list({ resourceVersion: version, ...match });
      expect(Number(page.metadata.resourceVersion)).toBeGreaterThan(Number(version));
      expect(names(page.items)).toContain(later);
    }
  });

  test('exactly it with a limit, and so on the pages after', async () => {
    const { version, later } = await past();
    let page = await list({ resourceVersion: version, limit: 3 });
    const seen = names(page.items);
    expect(seen).toHaveLength(3);
    while (page.metadata.continue !== undefined) {
      page = await list({ limit: 3, continue: page.metadata.continue });
      expect(page.metadata.resourceVersion).toBe(version);
      seen.push(...names(page.items));
    }
    expect(seen).not.toContain(later);
    expect(seen).toContain('list-4');
  });

  test('0 is all there is, whatever the limit', async () => {
    const page = await list({ resourceVersion: 0, limit: 2 });
    expect(page.items.length).toBeGreaterThan(2);
    expect(page.metadata.continue).toBeUndefined();
  });

  test('one that is forgotten is refused', async () => {
    const failure = await failureOf(list({ resourceVersion: 1, resourceVersionMatch: 'Exact' }));
    expect(failure).toMatchObject({ status: 410, message: 'The resourceVersion for the provided list is too old.' });
  });
});

test('an object that went between two pages is still on its page', async () => {
  const path = corePath(own.namespace, 'configmaps');
  const name = `list-${unique('z')}`;
  await target.admin.request({ method: 'POST', path, body: configMap(name, { went: 'yes' }) });
  await target.admin.request({ method: 'POST', path, body: configMap(`${name}-2`, { went: 'yes' }) });
  const first = await list({ limit: 1, labelSelector: 'went=yes' });
  await target.admin.request({ method: 'DELETE', path: `${path}/${name}-2` });
  const second = await list({ limit: 1, labelSelector: 'went=yes', continue: first.metadata.continue ?? '' });
  expect(names(second.items)).toEqual([`${name}-2`]);
  await target.admin.request({ method: 'DELETE', path: `${path}/${name}` });
});

test('all namespaces come in the order of their names', async () => {
  const answer = await target.admin.request({ method: 'GET', path: '/api/v1/configmaps' });
  const places = readList(answer.body).items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  expect(places).toEqual([...places].sort());
  expect(new Set(places.map((place) => place.split('/')[0])).size).toBeGreaterThan(2);
});

test('items of built-in kinds carry no kind of their own', async () => {
  const page = await list({ limit: 1 });
  expect(page.kind).toBe('ConfigMapList');
  expect(page.items[0]).not.toHaveProperty('kind');
});
