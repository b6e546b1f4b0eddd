import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { Backend } from '../../backend.ts';
import type { Place } from '../shell/index.ts';

/** What a re-run needs of the world. */
export interface RerunWorld {
  backend: { applications: Pick<Backend['applications'], 'rerun'>; drafts: Pick<Backend['drafts'], 'save'> };
  failureOf(error: unknown): Failure;
  open(place: Place): void;
  newId(): string;
}

/**
 * Makes a draft that runs the application again under a free name, and opens it in the editor: the person looks at it and
 * submits. Nothing is created in the cluster. `known` is the manifest on screen: it is taken where the object is gone (its own
 * name is free then). Rejects with what the calls reject with.
 */
export async function draftOfRerun(world: RerunWorld, reference: ApplicationRef, known: string | null): Promise<void> {
  const { name, manifest } = await world.backend.applications.rerun(reference).catch((error: unknown) => {
    if (known === null || world.failureOf(error).code !== 'not-found') throw error;
    return { name: reference.name, manifest: known };
  });
  const id = world.newId();
  const { context, namespace } = reference;
  await world.backend.drafts.save({ id, title: name, context, namespace, text: manifest });
  world.open({ page: 'editor', draftId: id });
}
