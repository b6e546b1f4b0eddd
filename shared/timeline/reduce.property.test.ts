import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metadataOf } from '../spark/objects.ts';
import { operatorSchema } from '../spark/state.ts';
import { groupBy } from './group.ts';
import { emptyTimelineState, type Observation, observe, observeAll, timelineOf } from './reduce.ts';
import { retriedRun, saw } from './story.fixture.ts';
import { timelineSchema } from './timeline.ts';

const empty = emptyTimelineState('kubeflow');
const whole = timelineOf(observeAll(empty, retriedRun));

/** The streams of the story's objects, each in its order, dealt out by `choices`. */
function interleave(choices: readonly number[]): Observation[] {
  const streams = [...groupBy(retriedRun, ({ object }) => metadataOf(object).uid).values()].map((stream) => [...stream]);
  const dealt: Observation[] = [];
  for (let turn = 0; dealt.length < retriedRun.length; turn += 1) {
    const open = streams.filter((stream) => stream.length > 0);
    const next = open[(choices[turn % choices.length] ?? 0) % open.length]?.shift();
    if (next !== undefined) dealt.push(next);
  }
  return dealt;
}

test('the interleaving of different objects does not matter', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 40 }), (choices) => {
      expect(timelineOf(observeAll(empty, interleave(choices)))).toEqual(whole);
    }),
  );
});

test('what is observed again changes nothing, however late', () => {
  fc.assert(
    fc.property(fc.nat(retriedRun.length - 1), fc.nat(100_000), (index, delay) => {
      const before = observeAll(empty, retriedRun.slice(0, index + 1));
      const again = retriedRun[index];
      if (again === undefined) throw new Error('index is within the story');
      expect(observe(before, again)).toBe(before);
      const type = again.type === 'deleted' ? 'deleted' : 'listed';
      expect(observe(before, { ...again, at: again.at + delay, type })).toBe(before);
    }),
  );
});

test('one by one is the same as in batches, and states are never changed in place', () => {
  fc.assert(
    fc.property(fc.nat(retriedRun.length), (cut) => {
      const first = observeAll(empty, retriedRun.slice(0, cut));
      const shown = timelineOf(first);
      const rest = retriedRun.slice(cut).reduce(observe, first);
      expect(timelineOf(rest)).toEqual(whole);
      expect(timelineOf(first)).toEqual(shown);
    }),
  );
});

test('segments are in order wherever the watch was away', () => {
  const away = fc.record({
    from: fc.nat(retriedRun.length),
    length: fc.nat(retriedRun.length),
    skew: fc.integer({ min: -90_000, max: 90_000 }),
  });
  fc.assert(
    fc.property(away, ({ from, length, skew }) => {
      const missed = new Map(
        retriedRun.slice(from, from + length).map((observation) => [metadataOf(observation.object).uid, observation]),
      );
      const back = Math.max(0, ...[...missed.values()].map(({ at }) => at));
      const listed = [...missed.values()].map(
        ({ object, type }): Observation => ({ at: back, object, type: type === 'deleted' ? type : 'listed' }),
      );
      const observations = [...retriedRun.slice(0, from), ...listed, ...retriedRun.slice(from + length)];
      // Our clock may be ahead of or behind the cluster's.
      const timeline = timelineOf(
        observeAll(
          empty,
          observations.map((seen) => ({ ...seen, at: seen.at + skew })),
        ),
      );
      for (const { id, segments } of timeline.lanes) {
        for (const [index, segment] of segments.entries()) {
          expect(segment.to ?? Number.POSITIVE_INFINITY, `${id} ${segment.state}`).toBeGreaterThanOrEqual(segment.from);
          expect(segments[index + 1]?.from ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
            segment.to ?? Number.POSITIVE_INFINITY,
          );
        }
      }
      expect(timeline.lanes[0]?.segments.at(-1)?.state).toBe('COMPLETED');
    }),
  );
});

test('hostile objects give a timeline that crosses the boundary', () => {
  const hostile = fc.oneof(
    fc.anything(),
    fc.constantFrom(...retriedRun).chain(({ object }) => damaged(object)),
  );
  const type = fc.constantFrom('listed' as const, 'added' as const, 'modified' as const, 'deleted' as const);
  fc.assert(
    fc.property(
      fc.constantFrom(...operatorSchema.options),
      fc.array(fc.tuple(hostile, type), { maxLength: 12 }),
      (operator, seen) => {
        const observations = seen.map(([object, kind], index) => saw(index, kind, object));
        timelineSchema.parse(timelineOf(observeAll(emptyTimelineState(operator), observations)));
      },
    ),
  );
});

/** `object` with one value somewhere inside replaced by anything. */
function damaged(object: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(object);
  return fc.tuple(fc.constantFrom(...paths), fc.anything()).map(([path, value]) => replaced(object, path, value));
}

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner).map((path) => [key, ...path]))];
}

function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? replaced(item, rest, by) : item));
  const entries = Object.entries(value ?? {});
  return Object.fromEntries(entries.map(([name, inner]) => [name, name === key ? replaced(inner, rest, by) : inner]));
}
