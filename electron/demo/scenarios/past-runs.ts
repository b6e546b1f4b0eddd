import { pods, sparkApplications } from '../api/kinds.ts';
import { type JsonObject, objectOf, textOf, uidOf } from '../json.ts';
import { timeText } from '../time.ts';
import type { World } from '../world.ts';
import { sparkApplication } from './spark-application.ts';

/** A run that was over before anyone looked: what the operator and the kubelet would have left of it. */
export interface PastRun {
  name: string;
  namespace: string;
  /** Minutes before now. */
  submitted: number;
  /** Seconds from submission to its end. */
  took: number;
  executors: number;
  exitCode: number;
  /** What its driver wrote; the end of it. */
  log: string[];
}

const CONTAINER = 'spark-kubernetes-driver';
const containerId = (submission: string): string =>
  `containerd://${Buffer.from(submission).toString('hex').padEnd(64, '0').slice(0, 64)}`;

/** Writes it as of its own time. Objects only: executors are deleted when a run ends, and events live for an hour. */
export function leavePastRun(world: World, node: string, run: PastRun): void {
  const now = world.time.now();
  const submitted = now - run.submitted * 60_000;
  const seconds = (after: number): string => timeText(submitted + after * 1000);
  const id = `spark-${run.name.length.toString(16).padStart(4, '0')}${submitted.toString(16).padStart(28, '0')}`;
  const submission = `${run.name}-${submitted.toString(16)}`;
  const failed = run.exitCode !== 0;
  const object = sparkApplication(run.namespace, run.name, failed ? ['fail'] : ['pi', '200'], {
    executor: { instances: run.executors },
  });
  const ended = seconds(run.took);
  const executorState = Object.fromEntries(
    Array.from({ length: run.executors }, (_, number) => [`${run.name}-exec-${number + 1}`, 'COMPLETED']),
  );
  const message = `driver container failed with ExitCode: ${run.exitCode}, Reason: Error`;
  const application = world.store.put(sparkApplications, {
    ...object,
    metadata: { ...objectOf(object.metadata), creationTimestamp: seconds(0), generation: 1 },
    status: {
      applicationState: failed ? { state: 'FAILED', errorMessage: message } : { state: 'COMPLETED' },
      driverInfo: { podName: `${run.name}-driver` },
      executionAttempts: 1,
      executorState,
      lastSubmissionAttemptTime: seconds(1),
      sparkApplicationId: id,
      submissionAttempts: 1,
      submissionID: submission,
      terminationTime: ended,
    },
  });
  const driver = world.store.put(pods, driverPod(application, { run, node, id, submission, began: seconds(4), ended }));
  const log = world.logs.open(uidOf(driver), CONTAINER, containerId(submission));
  world.time.skew(Date.parse(ended) - now);
  for (const line of run.log) log.line(line);
  world.time.skew(0);
  log.end();
}

interface PastDriver {
  run: PastRun;
  node: string;
  id: string;
  submission: string;
  began: string;
  ended: string;
}

/** The driver pod as the operator's spark-submit made it and the kubelet left it. */
function driverPod(application: JsonObject, { run, node, id, submission, began, ended }: PastDriver): JsonObject {
  const { name, namespace, exitCode } = run;
  const image = textOf(objectOf(application.spec).image);
  const containerID = containerId(submission);
  const stamped = (type: string, status: string, at: string) => ({ type, status, lastTransitionTime: at });
  const owner = { apiVersion: textOf(application.apiVersion), kind: textOf(application.kind), name, uid: uidOf(application) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-driver`,
      namespace,
      creationTimestamp: textOf(objectOf(application.metadata).creationTimestamp),
      labels: {
        'spark-app-name': name,
        'spark-app-selector': id,
        'spark-role': 'driver',
        'spark-version': '3.5.7',
        'sparkoperator.k8s.io/app-name': name,
        'sparkoperator.k8s.io/launched-by-spark-operator': 'true',
        'sparkoperator.k8s.io/submission-id': submission,
      },
      ownerReferences: [{ ...owner, controller: true }],
    },
    spec: {
      nodeName: node,
      restartPolicy: 'Never',
      serviceAccountName: 'spark',
      containers: [
        {
          name: CONTAINER,
          image,
          args: ['driver', '--properties-file', '/opt/spark/conf/spark.properties', '--class', 'jobs.Job'],
          ports: [{ name: 'spark-ui', containerPort: 4040, protocol: 'TCP' }],
          resources: { requests: { cpu: '1', memory: '896Mi' }, limits: { memory: '896Mi' } },
        },
      ],
    },
    status: {
      phase: exitCode === 0 ? 'Succeeded' : 'Failed',
      startTime: began,
      conditions: [
        stamped('PodScheduled', 'True', began),
        stamped('Initialized', 'True', began),
        stamped('Ready', 'False', ended),
        stamped('ContainersReady', 'False', ended),
      ],
      containerStatuses: [
        {
          name: CONTAINER,
          image,
          imageID: `docker.io/library/${image}@demo`,
          containerID,
          ready: false,
          started: false,
          restartCount: 0,
          state: {
            terminated: {
              exitCode,
              reason: exitCode === 0 ? 'Completed' : 'Error',
              startedAt: began,
              finishedAt: ended,
              containerID,
            },
          },
        },
      ],
    },
  };
}
