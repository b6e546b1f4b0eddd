import { describe, expect, it } from 'vitest';
import { type Failure, FailureError } from '../../shared/failure.ts';
import type { Cluster } from '../clusters/index.ts';
import { createManualClock } from '../watch/testing/manual-clock.ts';
import { type ContainerLog, type FollowState, followContainer, type Standing } from './follow.ts';

const target: ContainerLog = { namespace: 'default', pod: 'pi-driver', container: 'driver', tail: 100 };
const unreachable: Failure = { code: 'unreachable', server: 'x', reason: 'reset' };
const gone: Failure = { code: 'not-found', kind: 'pods', namespace: 'default', name: 'pi-driver' };

const stampOf = (milliseconds: number): string => new Date(Date.UTC(2026, 10, 21) + milliseconds).toISOString();
const line = (milliseconds: number): string => `${stampOf(milliseconds)} line ${milliseconds}\n`;

/** What one request brings: pieces of text, then its end. */
type Answer = { refuse: Failure } | { send: string[]; end: 'clean' | 'silence' | Failure };

/** Plays the answers in order, follows the log with them, and lets time pass until all is over. */
async function play(answers: Answer[], options: { standing?: () => Standing; target?: Partial<ContainerLog> } = {}) {
  const clock = createManualClock(0);
  const asked: Parameters<Cluster['stream']>[0]['query'][] = [];
  const lines: string[] = [];
  const states: FollowState[] = [];
  const stop = new AbortController();
  const cluster: Pick<Cluster, 'stream'> = {
    async stream({ query, signal }) {
      asked.push(query);
      const answer = answers.shift();
      if (answer === undefined) {
        stop.abort();
        throw new Error('no more answers');
      }
      if ('refuse' in answer) throw new FailureError(answer.refuse);
      return (async function* () {
        for (const text of answer.send) yield Buffer.from(text);
        if (answer.end === 'silence')
          await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
        else if (answer.end !== 'clean') throw new FailureError(answer.end);
      })();
    },
  };
  const { standing = () => (answers.length <= 1 ? 'ended' : 'running') } = options;
  let finished = false;
  const world = { cluster: () => ({ ...unused, ...cluster }), clock, random: () => 0, standing: async () => standing() };
  const sink = {
    onLines: (more: { text: string }[]) => void lines.push(...more.map(({ text }) => text)),
    onState: (state: FollowState) => states.push(state),
  };
  const done = followContainer({ ...target, ...options.target }, world, sink, stop.signal).then(() => {
    finished = true;
  });
  for (let round = 0; round < 100 && !finished; round += 1) await clock.pass(5_000);
  await done;
  return { lines, states, asked };
}

const unused: Cluster = {
  context: 'test',
  namespace: null,
  server: 'x',
  request: () => Promise.reject(new Error('unused')),
  stream: () => Promise.reject(new Error('unused')),
  websocket: () => Promise.reject(new Error('unused')),
};

describe('followContainer', () => {
  it('reads to the end of a container that is over', async () => {
    const { lines, states, asked } = await play([{ send: [line(1), line(2)], end: 'clean' }], { standing: () => 'ended' });
    expect(lines).toEqual(['line 1', 'line 2']);
    expect(states.map(({ state }) => state)).toEqual(['opening', 'live', 'ended']);
    expect(asked).toEqual([{ container: 'driver', follow: true, timestamps: true, previous: undefined, tailLines: 100 }]);
  });

  it.each<[string, 'clean' | 'silence' | Failure]>([
    ['a reset', unreachable],
    ['a clean end in mid-run, as a rotated log has', 'clean'],
    ['silence', 'silence'],
  ])('takes the log up after %s, with nothing lost or doubled', async (_, end) => {
    const { lines, asked } = await play([
      { send: [line(1), line(1500), line(1600), stampOf(1700)], end },
      { send: [line(1500), line(1600), `${stampOf(1700)} cut off before\n`, line(1800)], end },
      { send: [line(1500), line(1600), `${stampOf(1700)} cut off before\n`, line(1800), `${stampOf(1900)} last`], end: 'clean' },
    ]);
    expect(lines).toEqual(['line 1', 'line 1500', 'line 1600', 'cut off before', 'line 1800', 'last']);
    expect(asked.map((query) => query?.sinceTime)).toEqual([undefined, '2026-11-21T00:00:01Z', '2026-11-21T00:00:01Z']);
  });

  it('reads once more what came between the last read and the end', async () => {
    let asked = 0;
    const { lines } = await play(
      [
        { send: [line(1)], end: 'clean' },
        { send: [line(1), line(2)], end: 'clean' },
      ],
      {
        standing: () => (asked++ === 0 ? 'running' : 'ended'),
      },
    );
    expect(lines).toEqual(['line 1', 'line 2']);
  });

  it('says why it waits, longer each time, and ends when the log is gone', async () => {
    const { states } = await play([{ refuse: unreachable }, { refuse: unreachable }, { refuse: gone }]);
    const waits = states.flatMap((state) => (state.state === 'waiting' ? [state] : []));
    expect(waits.map(({ failure }) => failure.code)).toEqual(['unreachable', 'unreachable']);
    expect((waits[1]?.retryAt ?? 0) - (waits[0]?.retryAt ?? 0)).toBe(1000);
    expect(states.at(-1)).toEqual({ state: 'ended', reason: 'gone' });
  });

  it('asks for a previous instance once, without following', async () => {
    const { asked, states } = await play([{ send: [line(1)], end: 'clean' }], {
      standing: () => 'replaced',
      target: { tail: null },
    });
    expect(asked).toEqual([{ container: 'driver', follow: false, timestamps: true, previous: true, tailLines: undefined }]);
    expect(states.at(-1)).toEqual({ state: 'ended', reason: 'over' });
  });

  it('asks for no log where another pod has the name by now', async () => {
    const standings: Standing[] = ['running', 'gone'];
    const { lines, asked, states } = await play(
      [
        { send: [line(1)], end: unreachable },
        { send: [line(2)], end: 'clean' },
      ],
      {
        standing: () => standings.shift() ?? 'gone',
      },
    );
    expect([lines, asked.length, states.at(-1)]).toEqual([['line 1'], 1, { state: 'ended', reason: 'gone' }]);
  });

  it('tells nothing after it was stopped', async () => {
    const { states } = await play([{ send: [line(1)], end: 'clean' }], { standing: () => 'running' });
    expect(states.at(-1)).toEqual({ state: 'opening' });
  });
});
