import { useEffect, useState } from 'react';
import type { Draft } from '../../../shared/contract/drafts.ts';
import { backend, failureOfCall, follow } from '../../backend.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useScope } from '../scope/index.ts';
import { navigation } from '../shell/index.ts';
import { EditorView } from './EditorView.tsx';
import { setDocumentSchema } from './monaco.ts';
import { documentSchema } from './schema.ts';
import { createEditor, type Editor } from './store.ts';

type Opening = { state: 'loading' } | { state: 'gone' } | { state: 'open'; editor: Editor };

/** The page of one draft. */
export function EditorPage({ draftId }: { draftId: string }) {
  const [opening, setOpening] = useState<Opening>({ state: 'loading' });
  const scope = useScope((state) => state.scope);

  useEffect(() => {
    const abort = new AbortController();
    let editor: Editor | null = null;
    const onValue = (drafts: Draft[]) => {
      // From the first value on the text is the editor's own.
      abort.abort();
      const draft = drafts.find((each) => each.id === draftId);
      editor = draft === undefined ? null : openEditor(draft);
      setOpening(editor === null ? { state: 'gone' } : { state: 'open', editor });
    };
    void follow((options) => backend.drafts.watch({}, options), { onValue }, abort.signal).catch(() => {});
    return () => {
      abort.abort();
      editor?.close();
      setOpening({ state: 'loading' });
    };
  }, [draftId]);

  const context = useContextOf(opening);
  useEffect(() => {
    const abort = new AbortController();
    backend.submissions
      .schemas({ context }, { signal: abort.signal })
      .then(({ kinds }) => {
        if (!abort.signal.aborted) setDocumentSchema(documentSchema(kinds));
      })
      // Without schemas one can write all the same; the check asks the server anyway.
      .catch(() => {});
    return () => abort.abort();
  }, [context]);

  if (opening.state === 'loading') return null;
  if (opening.state === 'gone') return <EmptyState title="This draft is gone. It was deleted, perhaps in another window." />;
  return (
    <EditorView
      draftId={draftId}
      editor={opening.editor}
      scope={scope}
      onSubmitted={(objects) => {
        const { target } = opening.editor.store.getState();
        const first = objects.find((object) => object.kind === 'SparkApplication');
        if (first === undefined || first.operator === null || target.context === null) return;
        const { operator, namespace, name } = first;
        navigation.open({ page: 'application', reference: { context: target.context, operator, namespace, name } });
      }}
    />
  );
}

function openEditor(draft: Draft): Editor {
  return createEditor(draft, {
    save: (next) => backend.drafts.save(next),
    check: (input, signal) => backend.submissions.check(input, { signal }),
    submit: (input) => backend.submissions.submit(input),
    failureOf: failureOfCall,
    now: () => Date.now(),
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  });
}

/** The context that the open draft goes to, followed. */
function useContextOf(opening: Opening): string | null {
  const [context, setContext] = useState<string | null>(null);
  useEffect(() => {
    if (opening.state !== 'open') return;
    const { store } = opening.editor;
    setContext(store.getState().target.context);
    return store.subscribe((state) => setContext(state.target.context));
  }, [opening]);
  return context;
}
