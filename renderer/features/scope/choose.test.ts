import { expect, test } from 'vitest';
import { contextHue, holdsWords } from './choose.ts';

test.each([
  ['prod-eu', 'eu', true],
  ['prod-eu', 'EU prod', true],
  ['prod-eu', 'us', false],
  ['prod-eu', '', true],
])('%s holds %j: %s', (text, filter, holds) => expect(holdsWords(text, filter)).toBe(holds));

test('the hue of a context is one of twelve, always the same, and not one for all', () => {
  const names = ['prod', 'dev', 'staging', 'kind-kind', 'arn:aws:eks:eu-west-1:1:cluster/a', ''];
  for (const name of names) {
    expect(contextHue(name) % 30).toBe(0);
    expect(contextHue(name)).toBeLessThan(360);
    expect(contextHue(name)).toBe(contextHue(name));
  }
  expect(new Set(names.map(contextHue)).size).toBeGreaterThan(3);
});
