import type { JsonObject } from '../../electron/demo/cluster.ts';
import type { Cast, CastPod } from './cast.ts';

const OPERATOR = 'sparkoperator.k8s.io';
const HEX = '9e107d9d372bb682';

/** The objects that a cluster would hold of `cast` at `now` (epoch milliseconds), pods first: an operator looks for them. */
export function objectsOf(cast: Cast, now: number): { pods: JsonObject[]; application: JsonObject; events: JsonObject[] } {
  const at = (ago: number) => new Date(now - ago * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  const uid = crypto.randomUUID();
  const run = `${uid.slice(0, 24)}${String(cast.attempts.length).padStart(12, '0')}`;
  const owner = { apiVersion: `${OPERATOR}/v1beta2`, kind: 'SparkApplication', name: cast.name, uid };
  const image = cast.image ?? 'registry.example.com/spark/jobs:3.5.7';

  const pod = (role: 'driver' | 'executor', number: number, life: CastPod): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: role === 'driver' ? `${cast.name}-driver` : `${cast.name}-${HEX}-exec-${number}`,
      namespace: cast.namespace,
      creationTimestamp: at(life.created),
      labels: {
        'spark-app-name': cast.name,
        'spark-app-selector': `spark-${run.replaceAll('-', '')}`,
        'spark-role': role,
        [`${OPERATOR}/app-name`]: cast.name,
        [`${OPERATOR}/submission-id`]: run,
        ...(role === 'executor' ? { 'spark-exec-id': String(number) } : {}),
      },
      ownerReferences: [owner],
    },
    spec: {
      nodeName: `worker-${1 + (number % 3)}`,
      containers: [{ name: `spark-kubernetes-${role}`, image, resources: { requests: { cpu: '1', memory: '2432Mi' } } }],
    },
    status: podStatus(role, life, image, at),
  });

  const pods = [
    ...(cast.driver ? [pod('driver', 0, cast.driver)] : []),
    ...(cast.executors ?? []).map((life, index) => pod('executor', index + 1, life)),
  ];
  const spec: JsonObject = {
    type: 'Scala',
    mode: 'cluster',
    sparkVersion: '3.5.7',
    image,
    mainClass: 'com.example.orders.Daily',
    mainApplicationFile: 'local:///opt/jobs/orders.jar',
    arguments: ['--day', '2026-03-14'],
    restartPolicy:
      cast.retries === undefined
        ? { type: 'Never' }
        : { type: 'OnFailure', onFailureRetries: cast.retries, onFailureRetryInterval: 3600 },
    driver: { cores: 1, memory: '2g', serviceAccount: 'spark' },
    executor: { cores: 2, instances: cast.instances, memory: '4g' },
    ...cast.spec,
  };
  const application: JsonObject = {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    metadata: { name: cast.name, namespace: cast.namespace, uid, creationTimestamp: at(cast.created) },
    spec,
    status: statusOf(cast, run, at),
  };
  return { pods, application, events: eventsOf(cast, uid, at) };
}

type Written = (ago: number) => string;

function podStatus(role: string, life: CastPod, image: string, at: Written): JsonObject {
  const { ended, scheduled, started, waiting } = life;
  const begun: JsonObject = started === undefined ? {} : { startedAt: at(started) };
  const state: JsonObject = ended
    ? { terminated: { exitCode: ended.exitCode, reason: ended.reason, ...begun, finishedAt: at(ended.ago) } }
    : started === undefined
      ? { waiting: { ...(waiting ?? { reason: 'ContainerCreating', message: '' }) } }
      : { running: begun };
  const phase = ended ? (ended.exitCode === 0 ? 'Succeeded' : 'Failed') : started === undefined ? 'Pending' : 'Running';
  const placed = scheduled === undefined ? [] : [{ type: 'PodScheduled', status: 'True', lastTransitionTime: at(scheduled) }];
  return {
    phase,
    conditions: placed,
    containerStatuses: [
      { name: `spark-kubernetes-${role}`, image, imageID: '', ready: phase === 'Running', restartCount: 0, lastState: {}, state },
    ],
  };
}

function statusOf(cast: Cast, run: string, at: Written): JsonObject {
  const { attempts, executors = [], message, state } = cast;
  const last = attempts.at(-1);
  const ran = attempts.filter(({ running }) => running !== undefined).length;
  return {
    applicationState: { state, ...(message === undefined ? {} : { errorMessage: message }) },
    submissionID: run,
    submissionAttempts: attempts.length,
    executionAttempts: state === 'SUBMITTED' ? attempts.length : ran,
    lastSubmissionAttemptTime: last === undefined ? null : at(last.submitted),
    terminationTime: last?.ended === undefined ? null : at(last.ended),
    ...(cast.driver ? { driverInfo: { podName: `${cast.name}-driver` } } : {}),
    executorState: Object.fromEntries(executors.map((_, index) => [`${cast.name}-${HEX}-exec-${index + 1}`, 'RUNNING'])),
  };
}

/** What the operator told about the application. Like a cluster, it counts what happens again instead of telling it anew. */
function eventsOf(cast: Cast, uid: string, at: Written): JsonObject[] {
  const { attempts, name, namespace, state } = cast;
  const times = (pick: (attempt: Cast['attempts'][number]) => number | undefined) =>
    attempts.map(pick).filter((ago) => ago !== undefined);
  const tell = (type: 'Normal' | 'Warning', reason: string, message: string, agos: number[]): JsonObject[] => {
    const [first] = agos;
    if (first === undefined) return [];
    return [
      {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: `${name}.${reason.toLowerCase()}`, namespace, creationTimestamp: at(first) },
        involvedObject: { apiVersion: `${OPERATOR}/v1beta2`, kind: 'SparkApplication', name, namespace, uid },
        type,
        reason,
        message,
        count: agos.length,
        firstTimestamp: at(first),
        lastTimestamp: at(agos.at(-1) ?? first),
        source: { component: 'spark-application-controller' },
      },
    ];
  };
  const failed = state === 'FAILED' || state === 'FAILING';
  const submitted = times(({ running, submitted: ago }) =>
    running === undefined && state !== 'SUBMITTED' ? undefined : ago - 8,
  );
  return [
    ...tell('Normal', 'SparkApplicationSubmitted', `SparkApplication ${name} was submitted successfully`, submitted),
    ...tell(
      'Normal',
      'SparkDriverRunning',
      `Driver ${name}-driver is running`,
      times(({ running }) => running),
    ),
    ...(cast.executors ?? []).flatMap(({ started = 0 }, index) =>
      tell('Normal', 'SparkExecutorRunning', `Executor ${name}-${HEX}-exec-${index + 1} is running`, [started]).map((event) => ({
        ...event,
        metadata: { name: `${name}.executor-${index + 1}`, namespace, creationTimestamp: at(started) },
      })),
    ),
    ...(failed
      ? tell(
          'Warning',
          'SparkDriverFailed',
          `Driver ${name}-driver failed`,
          times(({ ended }) => ended),
        )
      : tell(
          'Normal',
          'SparkDriverCompleted',
          `Driver ${name}-driver completed`,
          times(({ ended }) => ended),
        )),
    ...tell(
      'Warning',
      'SparkApplicationPendingRerun',
      `SparkApplication ${name} is pending rerun`,
      attempts.slice(1).map((next) => next.submitted + 2),
    ),
  ];
}
