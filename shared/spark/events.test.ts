import { expect, test } from 'vitest';
import { sparkEvent } from './events.ts';

const base = Date.UTC(2026, 0, 2, 3, 4);

test('reads an event of core/v1', () => {
  const event = {
    metadata: { uid: 'e', creationTimestamp: '2026-01-02T03:04:09Z' },
    involvedObject: { kind: 'Pod', name: 'pi-driver', uid: 'p' },
    reason: 'FailedMount',
    message: 'no such ConfigMap',
    type: 'Warning',
    count: 3,
    firstTimestamp: '2026-01-02T03:04:01Z',
    lastTimestamp: '2026-01-02T03:04:05Z',
    eventTime: null,
  };
  const read = {
    uid: 'e',
    reason: 'FailedMount',
    type: 'Warning',
    message: 'no such ConfigMap',
    about: { kind: 'Pod', name: 'pi-driver', uid: 'p' },
    count: 3,
    firstAt: base + 1000,
    lastAt: base + 5000,
  };
  // Items of a list carry neither kind nor apiVersion.
  expect(sparkEvent(event)).toEqual(read);
  expect(sparkEvent({ ...event, apiVersion: 'v1', kind: 'Event' })).toEqual(read);
});

test('reads an event of events.k8s.io/v1 with its series', () => {
  const event = {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { uid: 'e' },
    regarding: { kind: 'Pod', name: 'pi-driver' },
    reason: 'Scheduled',
    note: 'assigned',
    eventTime: '2026-01-02T03:04:01.250000Z',
    series: { count: 2, lastObservedTime: '2026-01-02T03:04:03.500000Z' },
  };
  expect(sparkEvent(event)).toMatchObject({
    message: 'assigned',
    type: 'Normal',
    count: 2,
    firstAt: base + 1250,
    lastAt: base + 3500,
  });
});

test.each([[null], [{}], [{ kind: 'Pod', metadata: {} }], [{ apiVersion: 'eventing.knative.dev/v1', kind: 'Event' }]])(
  '%j is no event',
  (object) => {
    expect(sparkEvent(object)).toBeNull();
  },
);
