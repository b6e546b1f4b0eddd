import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { byteLength, readDocuments, textLimit } from './read.ts';

describe('readDocuments', () => {
  it('reads several documents, counts empty ones and keeps where each stands', () => {
    const { documents, problems } = readDocuments('# first\nkind: A\n---\n---\nkind: B\nspec: {x: 1}\n...\n');
    expect(problems).toEqual([]);
    expect(documents.map(({ index, value, range }) => [index, value, range.line])).toEqual([
      [0, { kind: 'A' }, 2],
      [2, { kind: 'B', spec: { x: 1 } }, 5],
    ]);
  });

  it.each([
    ['a: yes', true],
    ['a: off', false],
    ['a: 0644', 420],
    ['a: 2026-01-01', '2026-01-01'],
    ['a: 12:30:00', '12:30:00'],
    ['a: 3.5.7', '3.5.7'],
    ['a: "@every 1m"', '@every 1m'],
    ['a: ~', null],
    ['a: 1_000', 1000],
  ])('reads %s as the Go reader of Kubernetes does', (text, value) => {
    expect(readDocuments(text).documents[0]?.value).toEqual({ a: value });
  });

  it('resolves anchors and merge keys', () => {
    const { documents } = readDocuments('base: &b {memory: 1g}\ndriver: {<<: *b, cores: 1}\n');
    expect(documents[0]?.value).toEqual({ base: { memory: '1g' }, driver: { memory: '1g', cores: 1 } });
  });

  it.each([
    ['a: [1', 1, /./],
    ['a: 1\na: 2', 2, /unique/i],
    ['a: 1\n b: 2', 1, /./],
    ['a: *nobody', 1, /nobody/],
    ['just words', 1, /map of fields/],
    ['- a\n- b', 1, /map of fields/],
  ])('names the line of what is wrong in %j', (text, line, message) => {
    const { documents, problems } = readDocuments(text);
    expect(documents).toEqual([]);
    expect(problems[0]?.range.line).toBe(line);
    expect(problems[0]?.failure).toMatchObject({ code: 'yaml', line, message: expect.stringMatching(message) });
  });

  it('keeps the good document beside a bad one', () => {
    const { documents, problems } = readDocuments('kind: A\n---\nkind: [\n');
    expect(documents.map((document) => document.index)).toEqual([0]);
    expect(problems.map((problem) => problem.document)).toEqual([1]);
  });

  it('does not unfold an alias bomb', () => {
    const levels = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? 'l0: &l0 [x]'
        : `l${level}: &l${level} [${Array(10)
            .fill(`*l${level - 1}`)
            .join(', ')}]`,
    );
    const { documents, problems } = readDocuments(levels.join('\n'));
    expect(documents).toEqual([]);
    expect(problems[0]?.failure).toMatchObject({ code: 'yaml', message: expect.stringMatching(/alias/i) });
  });

  it('survives nesting deeper than the stack', () => {
    const { documents, problems } = readDocuments(`a: ${'['.repeat(50_000)}`);
    expect(documents).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });

  it('refuses a text over the limit without reading it', () => {
    const text = `a: "${'x'.repeat(2_000_000)}"`;
    const { documents, problems } = readDocuments(text);
    expect(documents).toEqual([]);
    expect(problems).toMatchObject([{ failure: { code: 'too-large', bytes: text.length, limit: textLimit } }]);
  });

  it('gives back every plain value that the library writes', () => {
    const key = fc.stringMatching(/^[a-z][a-zA-Z.]{0,8}$/);
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.boolean(),
        fc.integer(),
        fc.string(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: 4, noNullPrototype: true }), (object) => {
        const { documents, problems } = readDocuments(stringify(object, { version: '1.1' }));
        expect(problems).toEqual([]);
        expect(documents[0]?.value).toEqual(object);
      }),
    );
  });
});

describe('byteLength', () => {
  it('counts as UTF-8 does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});

it('reads a mapping of very many keys in time that grows with them', { timeout: 20_000 }, () => {
  const text = Array.from({ length: 60_000 }, (_, index) => `k${index}: v`).join('\n');
  const { documents, problems } = readDocuments(text);
  expect(problems).toEqual([]);
  expect(Object.keys(documents[0]?.value ?? {}).length).toBe(60_000);
  expect(readDocuments(`${text}\nk5: again`).problems).toMatchObject([{ failure: { code: 'yaml', line: 60_001 } }]);
});
