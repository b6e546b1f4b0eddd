import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Draft } from '../../../shared/contract/drafts.ts';
import type { Problem, SubmissionResult } from '../../../shared/contract/submissions.ts';
import type { Failure } from '../../../shared/failure.ts';
import { titleOf } from './draft.ts';
import { afterChange, type LineChange } from './problems.ts';

/** How far the text has got to the disk. `at` is epoch milliseconds. */
export type Saving =
  | { state: 'saved'; at: number }
  | { state: 'unsaved' }
  | { state: 'saving' }
  /** Tried again after a while and on the next change. */
  | { state: 'failed'; failure: Failure };

/**
 * What is asked of the server.
 *
 * ```
 *  idle ──check──▶ checking ──▶ idle
 *    └───submit──▶ checking ──accepted──▶ creating ──▶ idle
 * ```
 * `checking` can be called off. `creating` cannot: what has been sent may exist already.
 */
export type Work =
  | { state: 'idle' }
  | { state: 'checking'; for: 'check' | 'submit'; since: number; abort: AbortController }
  | { state: 'creating'; since: number };

type Accepted = Extract<SubmissionResult, { result: 'accepted' }>;
type Refused = Extract<SubmissionResult, { result: 'refused' }>;

/** How the last question ended; gone with the next change of the text. */
export type Outcome =
  | { state: 'none' }
  | { state: 'accepted'; objects: Accepted['objects']; warnings: string[] }
  | { state: 'submitted'; objects: Accepted['objects']; warnings: string[] }
  | { state: 'refused'; created: Refused['created'] }
  | { state: 'failed'; failure: Failure }
  | { state: 'cancelled' };

export interface EditorState {
  text: string;
  target: { context: string | null; namespace: string | null };
  saving: Saving;
  work: Work;
  outcome: Outcome;
  /** The server's words about the present text. */
  problems: readonly Problem[];
}

/** The world of one open draft. `failureOf` turns what a call threw into data. */
export interface EditorWorld {
  save(draft: Omit<Draft, 'savedAt'>): Promise<{ savedAt: number }>;
  check(input: { context: string; namespace: string; text: string }, signal: AbortSignal): Promise<SubmissionResult>;
  submit(input: { context: string; namespace: string; text: string }): Promise<SubmissionResult>;
  failureOf(error: unknown): Failure;
  now(): number;
  /** Calls `run` once after `milliseconds`; the returned function calls it off. */
  after(milliseconds: number, run: () => void): () => void;
}

export interface Editor {
  readonly store: StoreApi<EditorState>;
  /** The text as the user has it now, and which lines changed. */
  change(text: string, changes: readonly LineChange[]): void;
  setTarget(target: EditorState['target']): void;
  /** Saves at once what is not saved yet. */
  flush(): void;
  check(): Promise<void>;
  /** Resolves with what was created, or null when nothing was. */
  submit(): Promise<Accepted['objects'] | null>;
  /** Calls a check off. */
  cancel(): void;
  /** Saves what is left and stops. */
  close(): void;
}

const pause = 300;
const retryAfter = 2000;

/** One open draft: keeps its text on the disk and asks the server about it. */
export function createEditor(draft: Draft, world: EditorWorld): Editor {
  const store = createStore<EditorState>(() => ({
    text: draft.text,
    target: { context: draft.context, namespace: draft.namespace },
    saving: { state: 'saved', at: draft.savedAt },
    work: { state: 'idle' },
    outcome: { state: 'none' },
    problems: [],
  }));
  const { getState, setState } = store;
  let cancelTimer: (() => void) | null = null;
  let writing = false;
  let dirty = false;
  let closed = false;

  function saveIn(milliseconds: number): void {
    cancelTimer?.();
    cancelTimer = world.after(milliseconds, () => void save());
  }

  /** One write at a time; what changes meanwhile is written after it. */
  async function save(): Promise<void> {
    cancelTimer?.();
    cancelTimer = null;
    if (writing || !dirty) return;
    writing = true;
    dirty = false;
    const { text, target } = getState();
    setState({ saving: { state: 'saving' } });
    try {
      const { savedAt } = await world.save({ id: draft.id, title: titleOf(text), ...target, text });
      setState({ saving: dirty ? { state: 'unsaved' } : { state: 'saved', at: savedAt } });
    } catch (error) {
      dirty = true;
      setState({ saving: { state: 'failed', failure: world.failureOf(error) } });
    }
    writing = false;
    if (dirty && !closed) saveIn(getState().saving.state === 'failed' ? retryAfter : pause);
    else if (dirty && getState().saving.state !== 'failed') await save();
  }

  function changed(): void {
    dirty = true;
    if (getState().saving.state === 'saved') setState({ saving: { state: 'unsaved' } });
    saveIn(pause);
  }

  /** What is sent; null while there is no context to send it to, or something is under way. */
  function question(): { context: string; namespace: string; text: string } | null {
    const { text, target, work } = getState();
    if (target.context === null || work.state !== 'idle') return null;
    return { context: target.context, namespace: target.namespace ?? 'default', text };
  }

  /** True when the server would take the whole text. */
  async function ask(input: { context: string; namespace: string; text: string }, purpose: 'check' | 'submit'): Promise<boolean> {
    const abort = new AbortController();
    setState({ work: { state: 'checking', for: purpose, since: world.now(), abort }, outcome: { state: 'none' }, problems: [] });
    try {
      const result = await world.check(input, abort.signal);
      abort.signal.throwIfAborted();
      settle(result, 'accepted', input.text);
      return result.result === 'accepted';
    } catch (error) {
      const outcome: Outcome = abort.signal.aborted
        ? { state: 'cancelled' }
        : { state: 'failed', failure: world.failureOf(error) };
      setState({ work: { state: 'idle' }, outcome });
      return false;
    }
  }

  function settle(result: SubmissionResult, state: 'accepted' | 'submitted', asked: string): void {
    if (result.result === 'accepted') {
      setState({ work: { state: 'idle' }, outcome: { state, objects: result.objects, warnings: result.warnings }, problems: [] });
      return;
    }
    // Lines of a text that was changed since are nobody's lines any more.
    const problems = getState().text === asked ? result.problems : [];
    setState({ work: { state: 'idle' }, outcome: { state: 'refused', created: result.created }, problems });
  }

  return {
    store,
    change(text, changes) {
      const before = getState();
      if (text === before.text) return;
      // Several cursors change several places at once, each told in lines of the text before all of them: from the last to the first.
      const inOrder = [...changes].sort((one, other) => other.first - one.first);
      const problems = inOrder.reduce<readonly Problem[]>((left, each) => afterChange(left, before.text, each), before.problems);
      const told = before.outcome.state === 'refused' && before.outcome.created.length > 0;
      setState({ text, problems, ...(told ? {} : { outcome: { state: 'none' } }) });
      changed();
    },
    setTarget(target) {
      setState({ target, outcome: { state: 'none' }, problems: [] });
      changed();
    },
    flush: () => void save(),
    async check() {
      const input = question();
      if (input !== null) await ask(input, 'check');
    },
    async submit() {
      const input = question();
      if (input === null) return null;
      void save();
      if (!(await ask(input, 'submit'))) return null;
      setState({ work: { state: 'creating', since: world.now() } });
      try {
        const result = await world.submit(input);
        settle(result, 'submitted', input.text);
        return result.result === 'accepted' ? result.objects : null;
      } catch (error) {
        setState({ work: { state: 'idle' }, outcome: { state: 'failed', failure: world.failureOf(error) } });
        return null;
      }
    },
    cancel() {
      const { work } = getState();
      if (work.state === 'checking') work.abort.abort();
    },
    close() {
      closed = true;
      this.cancel();
      void save();
    },
  };
}
