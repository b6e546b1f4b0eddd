import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eventKind } from '../api/kinds.ts';
import { createStore } from '../api/store.ts';
import { at, type JsonObject, metadataOf, nameOf } from '../json.ts';
import { createTime } from '../time.ts';
import { createEvents } from './events.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-01T10:00:00Z') });
});

afterEach(() => {
  vi.useRealTimers();
});

const pod: JsonObject = {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { name: 'one', namespace: 'default', uid: 'uid-1', resourceVersion: '7' },
  spec: { nodeName: 'demo-2' },
};

function setUp() {
  const time = createTime(1000);
  const store = createStore(time);
  return { store, time, events: createEvents(store, time), all: () => store.list(eventKind, null) };
}

test('the kubelet tells of a container from its node, and counts what happens again', () => {
  const { all, events, time } = setUp();
  events.record(pod, 'kubelet', 'Warning', 'BackOff', 'again', 'spec.containers{main}');
  vi.advanceTimersByTime(5000);
  events.record(pod, 'kubelet', 'Warning', 'BackOff', 'again', 'spec.containers{main}');
  events.record(pod, 'kubelet', 'Warning', 'BackOff', 'again', 'spec.containers{side}');
  const [main, side] = all();
  expect(main).toMatchObject({
    count: 2,
    firstTimestamp: '2026-01-01T10:00:00Z',
    lastTimestamp: '2026-01-01T10:00:05Z',
    source: { component: 'kubelet', host: 'demo-2' },
    involvedObject: { kind: 'Pod', name: 'one', uid: 'uid-1', resourceVersion: '7', fieldPath: 'spec.containers{main}' },
  });
  expect(side).toMatchObject({ count: 1, involvedObject: { fieldPath: 'spec.containers{side}' } });
  time.close();
});

test('the scheduler tells once for each version of a pod, then makes a series', () => {
  const { all, events, time } = setUp();
  const refuse = (resourceVersion: string) =>
    events.scheduled({ ...pod, metadata: { ...metadataOf(pod), resourceVersion } }, 'Warning', 'FailedScheduling', 'full');
  refuse('7');
  refuse('8');
  refuse('8');
  expect(all().map((event) => at(event, 'series', 'count'))).toEqual([undefined, 2]);
  expect(all()[0]).toMatchObject({
    firstTimestamp: null,
    source: {},
    action: 'Scheduling',
    reportingComponent: 'default-scheduler',
  });
  time.close();
});

test('an event about what has no namespace stands in default', () => {
  const { all, events, time } = setUp();
  const node = { kind: 'Node', apiVersion: 'v1', metadata: { name: 'demo-1', uid: 'uid-2' } };
  events.record(node, 'node-controller', 'Normal', 'NodeNotReady', 'gone');
  expect(all()[0]).toMatchObject({ metadata: { namespace: 'default' }, involvedObject: { kind: 'Node', name: 'demo-1' } });
  expect(at(all()[0], 'involvedObject', 'namespace')).toBeUndefined();
  time.close();
});

test('events go an hour after they happened last, and one that comes again begins anew', async () => {
  const { all, events, time } = setUp();
  events.record(pod, 'kubelet', 'Normal', 'Pulled', 'old');
  await vi.advanceTimersByTimeAsync(40 * 60_000);
  events.record(pod, 'kubelet', 'Normal', 'Started', 'young');
  await vi.advanceTimersByTimeAsync(25 * 60_000);
  expect(all().map(({ message }) => message)).toEqual(['young']);
  const [young] = all();
  await vi.advanceTimersByTimeAsync(40 * 60_000);
  expect(all()).toEqual([]);
  events.record(pod, 'kubelet', 'Normal', 'Started', 'young');
  expect(all()[0]).toMatchObject({ count: 1 });
  expect(nameOf(all()[0] ?? {})).not.toBe(nameOf(young ?? {}));
  time.close();
});
