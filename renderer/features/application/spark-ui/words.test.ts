import { describe, expect, it } from 'vitest';
import { endedWords, reconnectingWords, waitingWords } from './words.ts';

describe('waitingWords', () => {
  it('always says that it is the driver that is awaited, and at which step it is', () => {
    const words = (['driver', 'container', 'port'] as const).map(waitingWords);
    expect(new Set(words.map(({ title }) => title))).toEqual(new Set(['Waiting for the driver']));
    expect(new Set(words.map(({ detail }) => detail)).size).toBe(3);
  });
});

it('says of each reason for a new connection something of its own', () => {
  const words = (['driver-gone', 'port-closed', 'tunnel-lost'] as const).map(reconnectingWords);
  expect(new Set(words.map(({ title }) => title)).size).toBe(3);
  expect(new Set(words.map(({ detail }) => detail)).size).toBe(3);
});

describe('endedWords', () => {
  it.each([
    ['with its exit code', 3, ' with exit code 3. Its Spark UI ended with it.'],
    ['of a good end too', 0, ' with exit code 0. Its Spark UI ended with it.'],
    ['unless nobody knows it', null, '. Its Spark UI ended with it.'],
  ])('says that the driver ended, %s', (_name, exitCode, after) => {
    const { title } = endedWords({ state: 'ended', reason: 'driver-ended', at: 0, exitCode });
    expect(title).toEqual({ before: 'The driver ended', after });
  });
});
