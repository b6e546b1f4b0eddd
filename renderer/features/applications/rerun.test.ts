import { describe, expect, it } from 'vitest';
import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import { FailureError, failureOf } from '../../../shared/failure.ts';
import { draftOfRerun, type RerunWorld } from './rerun.ts';

const reference: ApplicationRef = { context: 'prod', operator: 'kubeflow', namespace: 'default', name: 'pi' };
const gone = new FailureError({ code: 'not-found', kind: 'SparkApplication', namespace: 'default', name: 'pi' });

function worldOf(rerun: () => Promise<{ name: string; manifest: string }>) {
  const told: unknown[] = [];
  const world: RerunWorld = {
    backend: {
      applications: { rerun },
      drafts: {
        save: async (draft) => {
          told.push(draft);
          return { savedAt: 1 };
        },
      },
    },
    failureOf,
    open: (place) => told.push(place),
    newId: () => 'new-id',
  };
  return { world, told };
}

describe('draftOfRerun', () => {
  it('saves what the backend writes as a draft, then opens it', async () => {
    const { world, told } = worldOf(async () => ({ name: 'pi-2', manifest: 'kind: SparkApplication' }));
    await draftOfRerun(world, reference, null);
    expect(told).toEqual([
      { id: 'new-id', title: 'pi-2', context: 'prod', namespace: 'default', text: 'kind: SparkApplication' },
      { page: 'editor', draftId: 'new-id' },
    ]);
  });

  it('takes what was last known of a deleted one, under its own name', async () => {
    const { world, told } = worldOf(() => Promise.reject(gone));
    await draftOfRerun(world, reference, 'kind: Known');
    expect(told[0]).toMatchObject({ title: 'pi', text: 'kind: Known' });
  });

  it.each([
    ['nothing is known', gone, null],
    ['another failure', new FailureError({ code: 'backend-lost' }), 'kind: Known'],
  ])('fails without opening anything: %s', async (_name, error, known) => {
    const { world, told } = worldOf(() => Promise.reject(error));
    await expect(draftOfRerun(world, reference, known)).rejects.toBe(error);
    expect(told).toEqual([]);
  });
});
