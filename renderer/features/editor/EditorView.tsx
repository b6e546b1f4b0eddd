import { Button, Menu } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Problem } from '../../../shared/contract/submissions.ts';
import { describe } from '../../../shared/describe.ts';
import { Keys } from '../../ui/Keys.tsx';
import { useActions } from '../palette/index.ts';
import { fillTemplate, templates, titleOf } from './draft.ts';
import styles from './Editor.module.css';
import { type LanguageProblem, MonacoPane, type PaneHandle } from './MonacoPane.tsx';
import { OutcomeLine } from './OutcomeLine.tsx';
import { ProblemsPanel } from './ProblemsPanel.tsx';
import { Remedies } from './Remedies.tsx';
import { SavingNote } from './SavingNote.tsx';
import type { Editor, EditorState } from './store.ts';
import { useLongerThan } from './use-longer-than.ts';

const chords = { check: 'Mod+Shift+Enter', submit: 'Mod+Enter' };

interface Props {
  draftId: string;
  editor: Editor;
  /** Where else it could go: the scope that the window shows now. */
  scope: { context: string; namespace: string | null } | null;
  /** Called with what a submit created. */
  onSubmitted(objects: Extract<EditorState['outcome'], { state: 'submitted' }>['objects']): void;
}

/** One draft: where it goes, its text, and what is wrong with it. */
export function EditorView({ draftId, editor, scope, onSubmitted }: Props) {
  const { work, target, problems, outcome, saving } = useStore(editor.store);
  const [languageProblems, setLanguageProblems] = useState<LanguageProblem[]>([]);
  const title = useStore(editor.store, ({ text }) => titleOf(text));
  const pane = useRef<PaneHandle | null>(null);
  const idle = work.state === 'idle' && target.context !== null;

  const submit = useCallback(async () => {
    const objects = await editor.submit();
    if (objects !== null) onSubmitted(objects);
  }, [editor, onSubmitted]);

  const actions = useMemo(
    () => [
      {
        id: 'editor.submit',
        title: 'Submit this draft',
        group: 'Draft',
        keys: chords.submit,
        enabled: idle,
        run: () => void submit(),
      },
      {
        id: 'editor.check',
        title: 'Check this draft against the cluster',
        group: 'Draft',
        keys: chords.check,
        enabled: idle,
        run: () => void editor.check(),
      },
    ],
    [editor, idle, submit],
  );
  useActions('editor', actions);

  useEffect(() => {
    window.addEventListener('beforeunload', editor.flush);
    window.addEventListener('pagehide', editor.flush);
    return () => {
      window.removeEventListener('beforeunload', editor.flush);
      window.removeEventListener('pagehide', editor.flush);
    };
  }, [editor]);

  // A draft that was begun before a context was chosen goes to the first one chosen.
  useEffect(() => {
    if (target.context === null && scope !== null) editor.setTarget(scope);
  }, [editor, target.context, scope]);

  const slow = useLongerThan(work.state === 'idle' ? null : work.since, 300);
  const checking = work.state === 'checking';
  const elsewhere =
    scope !== null &&
    target.context !== null &&
    (scope.context !== target.context || (scope.namespace !== null && scope.namespace !== target.namespace));

  return (
    <section className={styles.page} aria-label="Draft">
      <header className={styles.bar}>
        <h1 className={styles.title}>{title}</h1>
        <span className={styles.target} title="Documents that name a namespace of their own go there">
          <span className={styles.quiet}>to</span> {target.context ?? 'no context yet; choose one above to check or submit'}
          {target.context !== null && (
            <>
              <span className={styles.quiet}> / </span>
              {target.namespace ?? 'default'}
            </>
          )}
        </span>
        {elsewhere && (
          <Button size="compact-xs" variant="default" disabled={work.state !== 'idle'} onClick={() => editor.setTarget(scope)}>
            Send to {scope.context} / {scope.namespace ?? 'default'} instead
          </Button>
        )}
        <SavingNote saving={saving} />
        <span className={styles.gap} />
        <Menu position="bottom-end" withinPortal returnFocus={false} onExitTransitionEnd={() => pane.current?.focus()}>
          <Menu.Target>
            <Button size="compact-sm" variant="subtle" color="gray">
              Template
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {templates.map((template) => (
              <Menu.Item
                key={template.id}
                onClick={() => pane.current?.replace(fillTemplate(template, target.namespace ?? 'default', Math.random))}
              >
                {template.title}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        {checking && slow && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => editor.cancel()}>
            Cancel
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          disabled={!idle}
          loading={slow && checking && work.for === 'check'}
          onClick={() => void editor.check()}
        >
          <span className={styles.label}>Check</span> <Keys keys={chords.check} />
        </Button>
        <Button
          size="compact-sm"
          disabled={!idle}
          loading={slow && (work.state === 'creating' || (checking && work.for === 'submit'))}
          onClick={() => void submit()}
        >
          <span className={styles.label}>Submit</span> <Keys keys={chords.submit} />
        </Button>
      </header>
      <div className={styles.text}>
        <MonacoPane
          draftId={draftId}
          initialText={editor.store.getState().text}
          problems={problems}
          wordsOf={wordsOf}
          onChange={editor.change}
          onBlur={editor.flush}
          onLanguageProblems={setLanguageProblems}
          onReady={(handle) => {
            pane.current = handle;
          }}
        />
      </div>
      <OutcomeLine outcome={outcome} work={work} />
      <Remedies problems={problems} />
      <ProblemsPanel
        problems={problems}
        languageProblems={languageProblems}
        wordsOf={wordsOf}
        onOpen={(line, column) => pane.current?.reveal(line, column)}
      />
    </section>
  );
}

/** The server's own words where it said something about a field, ours for everything else. */
function wordsOf(problem: Problem): string {
  const { failure, field } = problem;
  if (failure.code === 'invalid')
    return field === '' ? failure.message : `${field}: ${failure.message.replace(`${field}: `, '')}`;
  if (failure.code === 'yaml') return failure.message;
  // A refusal that a command can lift stands below with all its words.
  const { title, detail, command } = describe(failure);
  return detail === null || command !== null ? title : `${title}\n${detail}`;
}
