import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import type { Draft } from '../../../shared/contract/drafts.ts';

/** What a re-run needs of the world. */
export interface RerunWorld {
  rerun(reference: ApplicationRef): Promise<{ name: string; manifest: string }>;
  save(draft: Omit<Draft, 'savedAt'>): Promise<unknown>;
  newId(): string;
}

/**
 * Writes a draft that runs the application again under a free name, and returns its id: the person looks at it and submits.
 * Nothing is created in the cluster. Rejects with what the calls reject with.
 */
export async function draftOfRerun(world: RerunWorld, reference: ApplicationRef): Promise<string> {
  const { name, manifest } = await world.rerun(reference);
  const id = world.newId();
  const { context, namespace } = reference;
  await world.save({ id, title: name, context, namespace, text: manifest });
  return id;
}
