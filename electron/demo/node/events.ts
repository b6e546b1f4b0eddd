import { eventKind } from '../api/kinds.ts';
import type { Store } from '../api/store.ts';
import { at, type JsonObject, metadataOf, nameOf, namespaceOf, numberOf, objectOf, textOf, uidOf } from '../json.ts';
import type { Time } from '../time.ts';

export type EventType = 'Normal' | 'Warning';

export interface EventRecorder {
  /**
   * A core/v1 event of a component; the same again raises its count. `fieldPath` names the part of the object it is about, as in
   * `spec.containers{main}`.
   */
  record(about: JsonObject, component: string, type: EventType, reason: string, message: string, fieldPath?: string): void;
  /** An event as the scheduler writes it: through events.k8s.io, so without count, first and last time. */
  scheduled(about: JsonObject, type: EventType, reason: string, message: string): void;
}

/** How long the API server keeps an event after its last occurrence. */
const KEPT_SECONDS = 3600;
const SWEEP_SECONDS = 60;

/** Where an event that may happen again is kept. */
interface Known {
  namespace: string;
  name: string;
}

export function createEvents(store: Store, time: Time): EventRecorder {
  const known = new Map<string, Known>();
  let serial = BigInt(time.now()) * 1_000_000n;

  const base = (about: JsonObject, fieldPath: string): JsonObject => {
    serial += 1n;
    // What has no namespace is spoken of in `default`.
    const namespace = namespaceOf(about) || 'default';
    const { apiVersion = '', kind = '' } = about;
    const place = namespaceOf(about) === '' ? {} : { namespace };
    const subject = { kind, ...place, name: nameOf(about), uid: uidOf(about), apiVersion };
    const resourceVersion = textOf(metadataOf(about).resourceVersion);
    return {
      kind: 'Event',
      apiVersion: 'v1',
      metadata: { name: `${nameOf(about)}.${serial.toString(16)}`, namespace },
      involvedObject: { ...subject, resourceVersion, ...(fieldPath === '' ? {} : { fieldPath }) },
    };
  };
  const earlier = (key: string): JsonObject | null => {
    const place = known.get(key);
    return place === undefined ? null : store.get(eventKind, place.namespace, place.name);
  };
  const write = (key: string, event: JsonObject): void => {
    store.put(eventKind, event);
    known.set(key, { namespace: namespaceOf(event), name: nameOf(event) });
  };
  void expire(store, time, known);

  return {
    record(about, component, type, reason, message, fieldPath = '') {
      const now = time.text();
      const key = [uidOf(about), component, type, reason, message, fieldPath].join('\0');
      const before = earlier(key);
      if (before !== null) {
        store.put(eventKind, { ...before, count: numberOf(before.count, 1) + 1, lastTimestamp: now });
        return;
      }
      const host = component === 'kubelet' ? textOf(at(about, 'spec', 'nodeName')) : '';
      write(key, {
        ...base(about, fieldPath),
        reason,
        message,
        source: host === '' ? { component } : { component, host },
        firstTimestamp: now,
        lastTimestamp: now,
        count: 1,
        type,
        eventTime: null,
        reportingComponent: component,
        reportingInstance: host,
      });
    },
    scheduled(about, type, reason, message) {
      const now = time.microText();
      const key = [uidOf(about), metadataOf(about).resourceVersion, type, reason, message].join('\0');
      const before = earlier(key);
      if (before !== null) {
        const count = numberOf(at(before, 'series', 'count'), 1) + 1;
        store.put(eventKind, { ...before, series: { count, lastObservedTime: now } });
        return;
      }
      write(key, {
        ...base(about, ''),
        reason,
        message,
        source: {},
        firstTimestamp: null,
        lastTimestamp: null,
        type,
        eventTime: now,
        action: reason === 'Scheduled' ? 'Binding' : 'Scheduling',
        reportingComponent: 'default-scheduler',
        reportingInstance: 'default-scheduler-demo',
      });
    },
  };
}

/** Takes away what is older than the server keeps, and forgets what is no longer there. */
async function expire(store: Store, time: Time, known: Map<string, Known>): Promise<void> {
  while (!time.ended()) {
    await time.sleep(SWEEP_SECONDS);
    const oldest = time.now() - KEPT_SECONDS * 1000;
    for (const event of store.list(eventKind, null)) if (lastSeen(event) < oldest) store.remove(eventKind, event);
    for (const [key, { namespace, name }] of known) if (store.get(eventKind, namespace, name) === null) known.delete(key);
  }
}

function lastSeen(event: JsonObject): number {
  const { creationTimestamp } = metadataOf(event);
  const series = objectOf(event.series).lastObservedTime;
  return (
    Date.parse(textOf(series ?? event.lastTimestamp ?? event.eventTime ?? creationTimestamp)) ||
    Date.parse(textOf(creationTimestamp))
  );
}
