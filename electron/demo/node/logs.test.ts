import { describe, expect, test } from 'vitest';
import { createTime } from '../time.ts';
import { createLogs } from './logs.ts';

const logs = (keptBytes?: number) => createLogs(createTime(0), keptBytes);

describe('the log of a container', () => {
  test('has a time for each entry, always later than the last', () => {
    const log = logs().open('pod', 'main', 'one');
    for (let line = 0; line < 3000; line += 1) log.line('x');
    const times = Array.from({ length: 3000 }, (_, number) => {
      const { milliseconds = 0, nanoseconds = 0 } = log.entry(number) ?? {};
      return BigInt(milliseconds) * 1_000_000n + BigInt(nanoseconds);
    });
    expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? time))).toBe(true);
  });

  test('drops the oldest lines when there are too many bytes, and keeps their numbers', () => {
    const log = logs(100).open('pod', 'main', 'one');
    for (let line = 0; line < 30; line += 1) log.line(`line ${line}`);
    expect(log.next()).toBe(30);
    expect(log.first()).toBeGreaterThan(10);
    expect(log.entry(log.first() - 1)).toBeNull();
    expect(log.entry(29)?.text).toBe('line 29\n');
  });

  test('keeps bytes as they are, a line an entry, and the last piece at the end', () => {
    const log = logs().open('pod', 'main', 'one');
    const bytes = Uint8Array.of(0, 255, 10, 128);
    log.bytes(bytes);
    bytes[0] = 7;
    log.bytes(Uint8Array.of(129, 10));
    log.bytes(Uint8Array.of(65));
    const entries = () => Array.from({ length: log.next() }, (_, number) => [...Buffer.from(log.entry(number)?.text ?? '')]);
    expect(entries()).toEqual([
      [0, 255, 10],
      [128, 129, 10],
    ]);
    log.end();
    expect(entries()[2]).toEqual([65]);
  });

  test('cuts what has no end of line', () => {
    const log = logs().open('pod', 'main', 'one');
    log.bytes(new Uint8Array(40_000));
    expect(log.next()).toBe(2);
    log.end();
    expect([0, 1, 2].map((number) => log.entry(number)?.text.length)).toEqual([16_384, 16_384, 7232]);
  });

  test('tells of each entry and of the end, until nobody listens', () => {
    const log = logs().open('pod', 'main', 'one');
    let calls = 0;
    const stop = log.subscribe(() => {
      calls += 1;
    });
    log.line('x');
    log.end();
    stop();
    log.line('y');
    expect([calls, log.ended()]).toEqual([2, true]);
  });
});

test('the last two starts of a container are kept, and nothing of a pod that is forgotten', () => {
  const kept = logs();
  for (const id of ['one', 'two', 'three']) kept.open('pod', 'main', id);
  kept.open('pod', 'side', 'other');
  expect(['one', 'two', 'three', 'other'].map((id) => kept.find(id) !== null)).toEqual([false, true, true, true]);
  kept.forget('pod');
  expect(['two', 'three', 'other'].map((id) => kept.find(id))).toEqual([null, null, null]);
});
