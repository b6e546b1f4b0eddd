import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import { backend, failureOfCall } from '../../backend.ts';
import { navigation } from '../shell/index.ts';
import { draftOfRerun } from './rerun.ts';

/** {@link draftOfRerun} in this window: ends at the editor, rejects with what the calls reject with. */
export function rerunAsDraft(reference: ApplicationRef, known: string | null): Promise<void> {
  const world = { backend, failureOf: failureOfCall, open: navigation.open, newId: () => crypto.randomUUID() };
  return draftOfRerun(world, reference, known);
}
