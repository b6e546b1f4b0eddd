import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applicationRowSchema, applicationViewSchema } from '../contract/applications.ts';
import { emptyTimelineState, observeAll, timelineOf } from '../timeline/reduce.ts';
import { machineOf } from './machine-of.ts';
import { operators } from './operators/index.ts';
import { rerunManifest, rerunName } from './rerun.ts';
import { applicationPods, applicationRow } from './row.ts';
import { operatorSchema } from './state.ts';

// Words that mean something to the readers or to JavaScript itself, at places where objects of a cluster have them.
const words = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'x',
  'SparkApplication',
  'Pod',
  'Event',
  'Running',
  'RUNNING',
  'Pending',
  'Failed',
  'driver',
  'executor',
  '0',
  '-1',
  '1e999',
  'NaN',
  '2026-11-21T10:00:00Z',
  '+275760-09-13T00:00:00Z',
  '9999-99-99T99:99:99Z',
  'sparkoperator.k8s.io/v1beta2',
  'spark.apache.org/v1',
  'radanalytics.io/v1',
  'v1',
  '\u0000\u202e\ud800',
);
const keys = fc.constantFrom(
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'status',
  'uid',
  'name',
  'namespace',
  'labels',
  'ownerReferences',
  'creationTimestamp',
  'deletionTimestamp',
  'resourceVersion',
  'spark-role',
  'spark-app-selector',
  'spark-exec-id',
  'sparkoperator.k8s.io/app-name',
  'spark.operator/spark-app-name',
  'applicationState',
  'state',
  'errorMessage',
  'executorState',
  'executionAttempts',
  'submissionAttempts',
  'lastSubmissionAttemptTime',
  'terminationTime',
  'currentState',
  'currentStateSummary',
  'stateTransitionHistory',
  '0',
  '1',
  'currentStateTransitionTime',
  'currentAttemptSummary',
  'sparkConf',
  'spark.ui.port',
  'spark.executor.instances',
  'executor',
  'instances',
  'driver',
  'phase',
  'reason',
  'message',
  'conditions',
  'type',
  'containerStatuses',
  'running',
  'waiting',
  'terminated',
  'exitCode',
  'startedAt',
  'finishedAt',
  'involvedObject',
  'count',
  'firstTimestamp',
  'lastTimestamp',
  'eventTime',
  'series',
  '__proto__',
  'constructor',
  'driverInfo',
  'podName',
  'containers',
);
const leaf = fc.oneof(words, fc.constantFrom(null, true, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(keys, tie('value')), { maxLength: 8 }).map((entries) => Object.fromEntries(entries)),
  ),
}));
const part = (names: fc.Arbitrary<string>) =>
  fc.array(fc.tuple(names, value), { maxLength: 8 }).map((entries) => Object.fromEntries(entries));
const object = fc
  .record({
    apiVersion: words,
    kind: words,
    metadata: part(keys),
    spec: part(keys),
    status: part(keys),
    labels: part(keys),
    uid: words,
  })
  .map(({ labels, metadata, uid, ...rest }) => ({ ...rest, metadata: { ...metadata, uid: uid || 'uid', labels } }));

it.each(operatorSchema.options)('%s: whatever a cluster answers can be read, and fits the contract', (operator) => {
  fc.assert(
    fc.property(object, fc.array(object, { maxLength: 4 }), fc.array(object, { maxLength: 4 }), (application, pods, events) => {
      const adapter = operators[operator];
      adapter.isApplication(application);
      adapter.applicationName(application);
      adapter.uiPort(application);
      adapter.uiEnabled(application);
      for (const pod of pods) [adapter.ownsPod(application, pod), adapter.applicationOfPod(pod), adapter.runOfPod(pod)];
      applicationRowSchema.parse(applicationRow(operator, application, pods));
      const seen = [application, ...pods, ...events].flatMap((each, index) => [
        { at: 1_000 + index, type: 'listed' as const, object: each },
        { at: 2_000 + index, type: index % 2 === 0 ? ('modified' as const) : ('deleted' as const), object: each },
      ]);
      const timeline = timelineOf(observeAll(emptyTimelineState(operator), seen));
      const view = {
        state: 'present',
        freshness: { state: 'live' },
        exists: true,
        row: applicationRow(operator, application, pods),
        message: adapter.message(application, pods),
        machine: machineOf(operator, timeline),
        timeline,
        pods: applicationPods(pods),
        manifest: JSON.stringify(rerunManifest(application, rerunName('x', new Set(['x'])))),
      };
      const crossed = applicationViewSchema.parse(view);
      // What does not survive the way to the window (NaN, Infinity) would be shown wrong there.
      expect(JSON.parse(JSON.stringify(crossed))).toEqual(crossed);
    }),
    { numRuns: 500 },
  );
});
