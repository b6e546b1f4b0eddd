import { failureOfCall } from '../../backend.ts';
import { showNotice } from '../../ui/notices.ts';
import { navigation, type Scope } from '../shell/index.ts';

/** Begins a new application from a template as a draft, and opens it. The editor is loaded only now: it is large. */
export async function newApplication(scope: Scope | null): Promise<void> {
  try {
    const { newDraft } = await import('../editor/index.ts');
    const draftId = await newDraft({ context: scope?.context ?? null, namespace: scope?.namespace ?? null });
    navigation.open({ page: 'editor', draftId });
  } catch (error) {
    showNotice({ tone: 'failed', text: 'The new application could not be begun.', failure: failureOfCall(error) });
  }
}
