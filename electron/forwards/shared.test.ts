import { expect, it } from 'vitest';
import { shareByKey } from './shared.ts';

it('opens once for all who follow, tells each the newest value, and closes with the last', () => {
  const opened: string[] = [];
  const closed: string[] = [];
  const pushes = new Map<string, (value: number) => void>();
  const follow = shareByKey<string, number>(
    (key, push) => {
      opened.push(key);
      pushes.set(key, push);
      push(1);
      return () => void closed.push(key);
    },
    (key) => key,
  );
  const [first, second]: [number[], number[]] = [[], []];
  const endFirst = follow('a', (value) => first.push(value));
  pushes.get('a')?.(2);
  const endSecond = follow('a', (value) => second.push(value));
  pushes.get('a')?.(3);
  expect([first, second]).toEqual([
    [1, 2, 3],
    [2, 3],
  ]);
  endFirst();
  endFirst();
  expect(closed).toEqual([]);
  endSecond();
  expect(closed).toEqual(['a']);
  follow('a', () => {});
  expect(opened).toEqual(['a', 'a']);
});
