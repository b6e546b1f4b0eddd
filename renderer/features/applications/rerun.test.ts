import { expect, test } from 'vitest';
import type { Draft } from '../../../shared/contract/drafts.ts';
import { draftOfRerun } from './rerun.ts';

const reference = { context: 'dev', operator: 'kubeflow', namespace: 'analytics', name: 'orders' } as const;

test('the draft holds the manifest and belongs where the application ran', async () => {
  const saved: Omit<Draft, 'savedAt'>[] = [];
  const world = {
    rerun: async () => ({ name: 'orders-2', manifest: 'kind: SparkApplication\n' }),
    save: async (draft: Omit<Draft, 'savedAt'>) => saved.push(draft),
    newId: () => 'd-1',
  };
  expect(await draftOfRerun(world, reference)).toBe('d-1');
  expect(saved).toEqual([
    { id: 'd-1', title: 'orders-2', context: 'dev', namespace: 'analytics', text: 'kind: SparkApplication\n' },
  ]);
});

test('nothing is saved when there is nothing to run again', async () => {
  const saved: unknown[] = [];
  const world = {
    rerun: () => Promise.reject(new Error('not found')),
    save: async (draft: unknown) => saved.push(draft),
    newId: () => 'd-1',
  };
  await expect(draftOfRerun(world, reference)).rejects.toThrow('not found');
  expect(saved).toEqual([]);
});
