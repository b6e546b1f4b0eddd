import { expect, test } from 'vitest';
import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import type { Phase } from '../../../shared/spark/state.ts';
import { deleteLabel, podsLost } from './losses.ts';

const row = (phase: Phase, running: number): ApplicationRow => ({
  uid: 'u',
  operator: 'kubeflow',
  namespace: 'n',
  name: 'orders-daily',
  state: { phase, word: '', why: null },
  createdAt: 0,
  startedAt: null,
  endedAt: null,
  attempts: null,
  attemptsMost: null,
  executors: { running, total: 6 },
});

test.each<[Phase, number, string]>([
  ['running', 6, 'Delete orders-daily and its 7 pods'],
  ['starting', 0, 'Delete orders-daily and its pod'],
  ['succeeded', 0, 'Delete orders-daily'],
  ['failed', 2, 'Delete orders-daily and its 2 pods'],
])('%s with %d executors: %s', (phase, running, label) => {
  const given = row(phase, running);
  expect(deleteLabel(given.name, podsLost(given))).toBe(label);
});
