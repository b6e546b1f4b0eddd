import { namespaces, pods } from '../api/kinds.ts';
import { copy, type JsonObject } from '../json.ts';
import { timeText } from '../time.ts';
import type { Created, Scenario } from './scenario.ts';

const NAMESPACE = 'load';
const PODS = 10_000;
/** One driver and its executors. */
const OF_APPLICATION = 20;
/** Pods written before others have their turn. */
const AT_ONCE = 500;

/** Finished pods of plain spark-submit, as a busy cluster that nobody tidies holds them. */
export const tenThousandPods: Scenario = {
  id: 'ten-thousand-pods',
  title: '10,000 pods',
  what: `A namespace with ${PODS / OF_APPLICATION} finished applications and all their pods, made in a second or two.`,
  namespace: NAMESPACE,
  async play({ world }) {
    const { store, time } = world;
    if (store.get(namespaces, '', NAMESPACE) === null) world.create(namespaces, { metadata: { name: NAMESPACE } });
    const now = time.now();
    for (let number = 0; number < PODS; number += 1) {
      if (time.ended()) break;
      store.put(pods, finishedPod(number, now));
      if (number % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    }
    const created = Array.from({ length: PODS / OF_APPLICATION }, (_, number): Created => {
      return { operator: 'spark-submit', namespace: NAMESPACE, name: nameOf(number) };
    });
    return { created, told: `Made ${PODS.toLocaleString('en')} pods in the namespace ${NAMESPACE}.` };
  },
};

const nameOf = (application: number): string => `batch-${String(application + 1).padStart(4, '0')}`;

function finishedPod(number: number, now: number): JsonObject {
  const application = Math.floor(number / OF_APPLICATION);
  const position = number % OF_APPLICATION;
  const name = nameOf(application);
  const began = now - (PODS - number) * 1000;
  const isDriver = position === 0;
  const container = isDriver ? 'spark-kubernetes-driver' : 'spark-kubernetes-executor';
  const image = 'spark:3.5.7';
  const times = { startedAt: timeText(began + 3000), finishedAt: timeText(began + 90_000) };
  return copy({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: isDriver ? `${name}-driver` : `${name}-exec-${position}`,
      namespace: NAMESPACE,
      creationTimestamp: timeText(began),
      labels: {
        'spark-app-name': name,
        'spark-app-selector': `spark-${String(application).padStart(32, '0')}`,
        'spark-role': isDriver ? 'driver' : 'executor',
        ...(isDriver ? {} : { 'spark-exec-id': String(position) }),
      },
    },
    spec: {
      nodeName: `demo-${(number % 3) + 1}`,
      restartPolicy: 'Never',
      containers: [{ name: container, image, resources: { requests: { cpu: '1', memory: '896Mi' } } }],
    },
    status: {
      phase: 'Succeeded',
      startTime: timeText(began),
      containerStatuses: [
        {
          name: container,
          image,
          ready: false,
          restartCount: 0,
          state: { terminated: { exitCode: 0, reason: 'Completed', ...times } },
        },
      ],
    },
  });
}
