import { describe, expect, test } from 'vitest';
import { contextHues, holdsWords } from './choose.ts';

test.each([
  ['prod-eu', 'eu', true],
  ['prod-eu', 'EU prod', true],
  ['prod-eu', 'us', false],
  ['prod-eu', '', true],
])('%s holds %j: %s', (text, filter, holds) => expect(holdsWords(text, filter)).toBe(holds));

describe('contextHues', () => {
  const names = ['prod', 'dev', 'staging', 'kind-kind', 'arn:aws:eks:eu-west-1:1:cluster/a', ''];

  test('no two of a few contexts look alike, in whatever order they come', () => {
    const hues = contextHues(names);
    expect(new Set(hues.values()).size).toBe(names.length);
    expect(contextHues(names.toReversed())).toEqual(hues);
  });

  test('keep away from the red of failures and the orange of the accent', () => {
    for (const hue of contextHues(names).values()) expect(hue > 70 && hue < 345).toBe(true);
  });

  test('many contexts each have one', () => {
    const many = Array.from({ length: 35 }, (_, index) => `cluster-${index}`);
    expect([...contextHues(many).keys()].toSorted()).toEqual(many.toSorted());
  });
});
