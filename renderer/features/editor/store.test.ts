import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../shared/contract/drafts.ts';
import type { Problem, SubmissionResult } from '../../../shared/contract/submissions.ts';
import { createEditor, type EditorWorld } from './store.ts';

const draft: Draft = { id: 'a', title: 'pi', context: 'test', namespace: 'analytics', text: 'kind: A\n', savedAt: 5 };
const pi = { operator: 'kubeflow' as const, kind: 'SparkApplication', namespace: 'analytics', name: 'pi' };
const accepted: SubmissionResult = { result: 'accepted', objects: [pi], warnings: [] };
const problem: Problem = { document: 0, line: 1, column: 1, endLine: 1, endColumn: 2, field: '', failure: { code: 'empty' } };
const refused: SubmissionResult = { result: 'refused', problems: [problem], created: [] };
const settled = () => new Promise((resolve) => setTimeout(resolve));
const line = [{ first: 1, last: 1, count: 1 }];

function open(given: Partial<EditorWorld> = {}) {
  const timers: { at: number; run: () => void }[] = [];
  const calls: string[] = [];
  let now = 1000;
  const world: EditorWorld = {
    save: async ({ text }) => {
      calls.push(`save ${text}`);
      return { savedAt: now };
    },
    check: async ({ text }) => {
      calls.push(`check ${text}`);
      return accepted;
    },
    submit: async ({ context, namespace }) => {
      calls.push(`submit ${context} ${namespace}`);
      return accepted;
    },
    failureOf: (error) => ({ code: 'internal', message: String(error) }),
    now: () => now,
    after(milliseconds, run) {
      const timer = { at: now + milliseconds, run };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
    ...given,
  };
  const wait = async (milliseconds: number) => {
    now += milliseconds;
    for (const timer of timers.filter((each) => each.at <= now)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.run();
    }
    await settled();
  };
  const editor = createEditor(draft, world);
  return { editor, calls, wait, state: () => editor.store.getState() };
}

describe('saving', () => {
  it('writes after a pause in typing, once', async () => {
    const { editor, calls, wait, state } = open();
    editor.change('kind: B', line);
    await wait(200);
    editor.change('kind: BC', line);
    await wait(200);
    expect(state().saving).toEqual({ state: 'unsaved' });
    expect(calls).toEqual([]);
    await wait(100);
    expect(calls).toEqual(['save kind: BC']);
    expect(state().saving).toEqual({ state: 'saved', at: 1500 });
  });

  it('writes what was typed during a write after it', async () => {
    let finish: (answer: { savedAt: number }) => void = () => {};
    const texts: string[] = [];
    const { editor, wait, state } = open({
      save: ({ text }) => {
        texts.push(text);
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
    });
    editor.change('1', line);
    await wait(300);
    editor.change('2', line);
    await wait(300);
    expect(texts).toEqual(['1']);
    finish({ savedAt: 1 });
    await settled();
    expect(state().saving).toEqual({ state: 'unsaved' });
    await wait(300);
    expect(texts).toEqual(['1', '2']);
  });

  it('keeps the text when the backend is lost, and writes the latest once it is back', async () => {
    let lost = true;
    const texts: string[] = [];
    const { editor, wait, state } = open({
      save: async ({ text }) => {
        if (lost) throw new Error('the backend was lost');
        texts.push(text);
        return { savedAt: 9 };
      },
    });
    editor.change('1', line);
    await wait(300);
    expect(state().saving).toMatchObject({ state: 'failed' });
    editor.change('12', line);
    expect(state().text).toBe('12');
    lost = false;
    await wait(2000);
    expect(texts).toEqual(['12']);
    expect(state().saving).toEqual({ state: 'saved', at: 9 });
  });

  it('writes at once when it is closed or left', async () => {
    const { editor, calls } = open();
    editor.change('1', line);
    editor.flush();
    await settled();
    editor.change('2', line);
    editor.close();
    await settled();
    expect(calls).toEqual(['save 1', 'save 2']);
    editor.close();
    await settled();
    expect(calls).toHaveLength(2);
  });
});

describe('asking the server', () => {
  it('checks, then creates, and gives what was created', async () => {
    const { editor, calls, state } = open();
    expect(await editor.submit()).toEqual([pi]);
    expect(calls).toEqual(['check kind: A\n', 'submit test analytics']);
    expect(state()).toMatchObject({ work: { state: 'idle' }, outcome: { state: 'submitted' }, text: draft.text });
  });

  it('does not create what is refused', async () => {
    const { editor, state, calls } = open({ check: async () => refused });
    expect(await editor.submit()).toBeNull();
    expect(calls).toEqual([]);
    expect(state()).toMatchObject({ outcome: { state: 'refused' }, problems: [problem] });
  });

  it('is not asked twice at once', async () => {
    const { editor, calls } = open();
    const [first, second] = await Promise.all([editor.submit(), editor.submit(), editor.check()]);
    expect([first, second]).toEqual([[pi], null]);
    expect(calls.filter((call) => call.startsWith('submit'))).toHaveLength(1);
  });

  it('can be called off while it checks, and creates nothing then', async () => {
    let begun: AbortSignal | null = null;
    const { editor, calls, state } = open({
      check: (_, signal) => {
        begun = signal;
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    const asked = editor.submit();
    expect(state().work).toMatchObject({ state: 'checking', for: 'submit' });
    editor.cancel();
    expect(await asked).toBeNull();
    expect(begun).toMatchObject({ aborted: true });
    expect(calls).toEqual([]);
    expect(state()).toMatchObject({ work: { state: 'idle' }, outcome: { state: 'cancelled' } });
  });

  it('says why it could not be asked', async () => {
    const { editor, state } = open({ check: async () => Promise.reject(new Error('no way')) });
    await editor.check();
    expect(state()).toMatchObject({
      work: { state: 'idle' },
      outcome: { state: 'failed', failure: { message: 'Error: no way' } },
    });
  });

  it('forgets the words about a document that is edited, and words about a text that has changed meanwhile', async () => {
    const { editor, state } = open({ check: async () => refused });
    await editor.check();
    expect(state().problems).toHaveLength(1);
    editor.change('kind: C\n', line);
    expect(state()).toMatchObject({ problems: [], outcome: { state: 'none' } });
    const asked = editor.check();
    editor.change('kind: D\n', line);
    await asked;
    expect(state()).toMatchObject({ problems: [], outcome: { state: 'refused' } });
  });

  it('asks nobody without a context', async () => {
    const { editor, calls } = open();
    editor.setTarget({ context: null, namespace: null });
    expect(await editor.submit()).toBeNull();
    expect(calls).toEqual([]);
  });
});
