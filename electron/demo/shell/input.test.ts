import { expect, test } from 'vitest';
import { createInput, type Input } from './input.ts';

/** An input that was pushed these, `null` for an end that is found once. */
function filled(...chunks: (string | null)[]): Input {
  const input = createInput();
  for (const chunk of chunks) chunk === null ? input.mark() : input.push(Buffer.from(chunk));
  return input;
}

const lines = async (input: Input): Promise<(string | null)[]> => {
  const read: (string | null)[] = [];
  for (let line = await input.line(); line !== null; line = await input.line()) read.push(line.toString());
  return read;
};

test.each([
  [['a\nb\n'], ['a\n', 'b\n']],
  [
    ['a', 'b\nc', '\nd'],
    ['ab\n', 'c\n', 'd'],
  ],
  [['\n\n'], ['\n', '\n']],
  [[], []],
])('lines of %j', async (chunks, expected) => {
  const input = filled(...chunks);
  input.end();
  expect(await lines(input)).toEqual(expected);
});

test('a mark ends one reading, not the input', async () => {
  const input = filled('one', null, 'two');
  expect((await input.rest(100)).toString()).toBe('one');
  input.end();
  expect((await input.rest(100)).toString()).toBe('two');
});

test('what a line leaves over is there for whatever reads next', async () => {
  const input = filled('first\nrest of it', ' and more');
  input.end();
  expect((await input.line())?.toString()).toBe('first\n');
  expect((await input.rest(100)).toString()).toBe('rest of it and more');
});

test('a reader that waits can be sent away', async () => {
  const input = createInput();
  const waiting = input.read();
  input.cancel();
  expect(await waiting).toBeNull();
  input.push(Buffer.from('later'));
  expect((await input.read())?.toString()).toBe('later');
});

test('more than is allowed is not collected', async () => {
  await expect(filled('x'.repeat(101)).rest(100)).rejects.toThrow('Cannot allocate memory');
});

test('whoever pushes too much is told to wait until it was read', async () => {
  const input = createInput();
  await input.drained();
  input.push(Buffer.alloc(300_000));
  let calm = false;
  const waiting = input.drained().then(() => {
    calm = true;
  });
  await Promise.resolve();
  expect(calm).toBe(false);
  await input.read();
  await waiting;
});
