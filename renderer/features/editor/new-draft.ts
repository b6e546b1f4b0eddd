import { backend } from '../../backend.ts';
import { fillTemplate, templates, titleOf } from './draft.ts';

/** Makes a draft on the disk, from the first template when there is no text, and resolves with its id. Fails as `drafts.save` does. */
export async function newDraft(given: { context: string | null; namespace: string | null; text?: string }): Promise<string> {
  const id = crypto.randomUUID();
  const text = given.text ?? fillTemplate(templates[0], given.namespace ?? 'default', Math.random);
  await backend.drafts.save({ id, title: titleOf(text), context: given.context, namespace: given.namespace, text });
  return id;
}
