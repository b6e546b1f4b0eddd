import { describe, expect, it } from 'vitest';
import type { Lane, Segment } from '../../../../shared/timeline/timeline.ts';
import { formatExact } from '../../../ui/time.ts';
import { labelsOf, sentenceOf } from './describe-segment.ts';

function segment(change: Partial<Segment>): Segment {
  return { state: 'RUNNING', phase: 'running', from: 0, to: 252_000, attempt: 1, why: null, inferred: false, ...change };
}

describe('labelsOf', () => {
  it.each<[string, Partial<Segment>, string[]]>([
    ['what ended', {}, ['Running 4 m 12 s', 'Running']],
    ['what lasts', { to: null }, ['Running 5 m 00 s', 'Running']],
    ['a failure has a sign of its own', { state: 'FAILING', phase: 'failed', to: 1_000 }, ['✕ Failing 1 s', '✕ Failing', '✕']],
    ['an end has no length', { state: 'COMPLETED', phase: 'succeeded', to: null }, ['✓ Completed', '✓ Completed', '✓']],
    ['the first state has no word', { state: '', phase: 'new', to: 1_000 }, ['New 1 s', 'New']],
  ])('%s', (_name, change, labels) => expect(labelsOf(segment(change), 300_000)).toEqual(labels));
});

describe('sentenceOf', () => {
  const lane: Lane = { id: 'driver', kind: 'driver', label: 'driver', segments: [] };
  it('says the lane, the own word, the start, the length and why', () => {
    expect(sentenceOf(lane, segment({ why: 'exit\u001b 1' }), 300_000)).toBe(
      `driver: RUNNING, from ${formatExact(0)}, 4 m 12 s, exit⟨U+001B⟩ 1`,
    );
  });
  it('says that it goes on, and stays the same while it does', () => {
    const sentence = sentenceOf(lane, segment({ to: null }), 300_000);
    expect(sentence).toContain('still so');
    expect(sentenceOf(lane, segment({ to: null }), 301_000)).toBe(sentence);
  });
});
