import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { Backend } from '../../backend.ts';
import type { Place } from '../shell/index.ts';

/** What the actions of the page need from the world. */
export interface ActionWorld {
  backend: { applications: Pick<Backend['applications'], 'rerun'>; drafts: Pick<Backend['drafts'], 'save'> };
  failureOf(error: unknown): Failure;
  open(place: Place): void;
  newId(): string;
}

/**
 * Makes a draft that runs the application again under a free name, and opens it in the editor. Nothing is created in the
 * cluster. `known` is the manifest on screen: it is taken where the object is gone (its own name is free then).
 */
export async function rerunAsDraft(world: ActionWorld, reference: ApplicationRef, known: string | null): Promise<void> {
  const { name, manifest } = await world.backend.applications.rerun(reference).catch((error: unknown) => {
    if (known === null || world.failureOf(error).code !== 'not-found') throw error;
    return { name: reference.name, manifest: known };
  });
  await openDraft(world, reference, name, manifest);
}

async function openDraft(world: ActionWorld, reference: ApplicationRef, title: string, text: string): Promise<void> {
  const id = world.newId();
  await world.backend.drafts.save({ id, title, context: reference.context, namespace: reference.namespace, text });
  world.open({ page: 'editor', draftId: id });
}
