import { expect, it } from 'vitest';
import type { TerminalState } from '../../../shared/contract/terminals.ts';
import { endWords } from './words.ts';

type How = Extract<TerminalState, { state: 'ended' }>['how'];

it.each<[How, string | null, string]>([
  [{ end: 'exit', code: 0 }, null, 'The shell has ended.'],
  [
    { end: 'exit', code: 137 },
    'exit 137 (OOMKilled)',
    'The container is over: exit 137 (OOMKilled). The shell ended with exit code 137.',
  ],
  [{ end: 'no-shell' }, null, 'This container has no shell: neither bash nor sh is in it.'],
  [{ end: 'not-started', message: 'a\u001b[31mb' }, null, 'No shell was started: a⟨U+001B⟩[31mb'],
  [
    { end: 'refused', failure: { code: 'not-found', kind: 'pods', namespace: 'default', name: 'pi-driver' } },
    null,
    'There is no pod pi-driver in default.',
  ],
])('%j', (how, container, words) => {
  expect(endWords({ state: 'ended', at: 0, how, container })).toBe(words);
});
