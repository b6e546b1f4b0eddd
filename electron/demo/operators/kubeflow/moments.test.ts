import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { createTime, timeText } from '../../time.ts';
import { createMoments } from './moments.ts';

const application: JsonObject = { metadata: { uid: 'u' } };
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a moment that was noted is known to the millisecond, in seconds of the cluster', async () => {
  const time = createTime(10);
  const moments = createMoments(time);
  moments.note(application, 'terminationTime');
  const text = time.text();
  await later(50);
  const since = moments.since(application, 'terminationTime', text);
  expect(since).toBeGreaterThanOrEqual(4.5);
  expect(since).toBeLessThan(50);
});

test('of another moment only the text is known, and of none nothing', () => {
  const time = createTime(1000);
  const moments = createMoments(time);
  moments.note(application, 'terminationTime');
  const text = timeText(time.now() - 60_000);
  expect(moments.since(application, 'terminationTime', text)).toBeGreaterThanOrEqual(60);
  expect(moments.since(application, 'lastSubmissionAttemptTime', '')).toBe(0);
  moments.forget(application);
  expect(moments.since(application, 'terminationTime', text)).toBeGreaterThanOrEqual(60);
});
