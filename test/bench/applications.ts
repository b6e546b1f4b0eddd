import type { JsonObject } from '../../electron/demo/cluster.ts';
import { application } from '../../electron/demo/testing.ts';

/** The message by which a change is recognised on screen and by the other watchers. */
export const messageOf = (measurement: number): string => `measurement ${measurement}`;

export const nameOf = (number: number): string => `orders-${String(number).padStart(4, '0')}`;

const timeText = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
/** Number 0 is the newest and so the first of the table. */
const creationOf = (number: number): number => Date.UTC(2026, 0, 31, 12) - number * 60_000;

/** A failed application, which no operator touches any more. */
export function failedApplication(number: number): JsonObject {
  const metadata = { name: nameOf(number), namespace: 'default', creationTimestamp: timeText(creationOf(number)) };
  return { ...application(nameOf(number)), metadata, status: failedStatus(number, messageOf(0)) };
}

/** Its status with another message. */
export function failedStatus(number: number, errorMessage: string): JsonObject {
  const began = timeText(creationOf(number));
  const ended = timeText(creationOf(number) + 300_000);
  return {
    applicationState: { state: 'FAILED', errorMessage },
    executionAttempts: 1,
    submissionAttempts: 1,
    lastSubmissionAttemptTime: began,
    terminationTime: ended,
    executorState: { 'orders-0000000000000000-exec-1': 'COMPLETED', 'orders-0000000000000000-exec-2': 'FAILED' },
  };
}
