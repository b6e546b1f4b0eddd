import { eventKind } from '../api/kinds.ts';
import type { Store } from '../api/store.ts';
import { at, type JsonObject, metadataOf, nameOf, namespaceOf, numberOf, textOf, uidOf } from '../json.ts';
import type { Time } from '../time.ts';

export interface EventRecorder {
  /** A core/v1 event of a component; the same again raises its count. */
  record(about: JsonObject, component: string, type: 'Normal' | 'Warning', reason: string, message: string): void;
  /** An event as the scheduler writes it: through events.k8s.io, so without count, first and last time. */
  scheduled(about: JsonObject, type: 'Normal' | 'Warning', reason: string, message: string): void;
}

export function createEvents(store: Store, time: Time, node: string): EventRecorder {
  let serial = BigInt(time.now()) * 1_000_000n;
  const base = (about: JsonObject): JsonObject => {
    serial += 1n;
    return {
      kind: 'Event',
      apiVersion: 'v1',
      metadata: { name: `${nameOf(about)}.${serial.toString(16)}`, namespace: namespaceOf(about) },
      involvedObject: {
        kind: textOf(about.kind),
        namespace: namespaceOf(about),
        name: nameOf(about),
        uid: uidOf(about),
        apiVersion: textOf(about.apiVersion),
        resourceVersion: textOf(metadataOf(about).resourceVersion),
      },
    };
  };
  return {
    record(about, component, type, reason, message) {
      const now = time.text();
      const earlier = store
        .list(eventKind, namespaceOf(about))
        .find(
          (event) =>
            at(event, 'involvedObject', 'uid') === uidOf(about) &&
            event.reason === reason &&
            event.message === message &&
            'count' in event,
        );
      if (earlier !== undefined) {
        store.put(eventKind, { ...earlier, count: numberOf(earlier.count, 1) + 1, lastTimestamp: now });
        return;
      }
      store.put(eventKind, {
        ...base(about),
        reason,
        message,
        source: component === 'kubelet' ? { component, host: node } : { component },
        firstTimestamp: now,
        lastTimestamp: now,
        count: 1,
        type,
        eventTime: null,
        reportingComponent: component,
        reportingInstance: component === 'kubelet' ? node : '',
      });
    },
    scheduled(about, type, reason, message) {
      store.put(eventKind, {
        ...base(about),
        reason,
        message,
        source: {},
        firstTimestamp: null,
        lastTimestamp: null,
        type,
        eventTime: time.microText(),
        action: reason === 'Scheduled' ? 'Binding' : 'Scheduling',
        reportingComponent: 'default-scheduler',
        reportingInstance: `default-scheduler-${node}`,
      });
    },
  };
}
