import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { afterSubmission } from './submission.ts';

const startedAt = '2026-11-21T10:00:00Z';
const application = (status: JsonObject): JsonObject => ({ metadata: { name: 'pi', namespace: 'default' }, spec: {}, status });
const attempt = (failure: string | null) => ({ id: 'b', startedAt, failure });
const common = {
  driverInfo: { podName: 'pi-driver' },
  lastSubmissionAttemptTime: startedAt,
  submissionID: 'b',
  terminationTime: null,
};

test('a first submission is written with both counters at 1', () => {
  expect(afterSubmission(application({}), attempt(null))).toEqual([
    {
      do: 'tell',
      type: 'Normal',
      reason: 'SparkApplicationSubmitted',
      message: 'SparkApplication pi was submitted successfully',
    },
    {
      do: 'status',
      status: { ...common, applicationState: { state: 'SUBMITTED' }, executionAttempts: 1, submissionAttempts: 1 },
    },
  ]);
});

test('a refused one counts as submission only, keeps the whole text, and tells the state before it again', () => {
  const first = afterSubmission(application({}), attempt('no'));
  expect(first.map((action) => (action.do === 'tell' ? action.message : action.do))).toEqual([
    'SparkApplication pi was added, enqueuing it for submission',
    'failed to submit SparkApplication pi: no',
    'status',
  ]);
  expect(first.at(-1)).toEqual({
    do: 'status',
    status: { ...common, applicationState: { state: 'SUBMISSION_FAILED', errorMessage: 'no' }, submissionAttempts: 1 },
  });
});

test('a second refusal repeats the event of the first, with its old text', () => {
  const status: JsonObject = { applicationState: { state: 'SUBMISSION_FAILED', errorMessage: 'old' }, submissionAttempts: 1 };
  const told = afterSubmission(application(status), attempt('new'));
  expect(told.map((action) => (action.do === 'tell' ? action.message : action.do))).toEqual([
    'failed to submit SparkApplication pi: old',
    'failed to submit SparkApplication pi: new',
    'status',
  ]);
});
