import { describe, expect, test } from 'vitest';
import { at, type JsonObject, objectOf } from '../../json.ts';
import { type Action, type Seen, step } from './step.ts';

const NOW = '2026-11-21T10:00:30Z';
const service: JsonObject = { metadata: { name: 'pi-ui-svc' }, spec: { clusterIP: '10.96.0.7' } };

const application = (state: string, spec: JsonObject = {}, status: JsonObject = {}): JsonObject => ({
  metadata: { name: 'pi', namespace: 'default' },
  spec,
  status: state === '' ? {} : { applicationState: { state }, submissionAttempts: 1, executionAttempts: 1, ...status },
});

interface PodState {
  phase: string;
  exitCode?: number;
  name?: string;
}

function pod({ exitCode, name = 'pi-driver', phase }: PodState): JsonObject {
  const role = name.includes('-exec-') ? 'executor' : 'driver';
  const terminated = { exitCode: exitCode ?? 0, reason: exitCode === 0 ? 'Completed' : 'Error' };
  const containerStatuses = exitCode === undefined ? [] : [{ name: `spark-kubernetes-${role}`, state: { terminated } }];
  return { metadata: { name, labels: { 'spark-app-selector': 'spark-1' } }, status: { phase, containerStatuses } };
}

function seen(object: JsonObject, more: Partial<Seen> = {}): Seen {
  const nothing = { driver: null, executors: [], uiService: null, now: NOW, sinceSubmission: 30, sinceTermination: 0 };
  return { application: object, ...nothing, ...more };
}

/** An action in a word or two. */
function word(action: Action): string {
  switch (action.do) {
    case 'tell':
      return action.reason;
    case 'status':
      return `-> ${String(at(action.status, 'applicationState', 'state'))}`;
    case 'wake':
      return `wake in ${action.seconds}`;
    default:
      return action.do;
  }
}

const onFailure: JsonObject = { restartPolicy: { type: 'OnFailure', onFailureRetries: 1, onFailureRetryInterval: 60 } };
const onRefusal: JsonObject = {
  restartPolicy: { type: 'OnFailure', onSubmissionFailureRetries: 1, onSubmissionFailureRetryInterval: 60 },
};
const always: JsonObject = { restartPolicy: { type: 'Always', onFailureRetryInterval: 5, onSubmissionFailureRetryInterval: 5 } };
const running = pod({ phase: 'Running' });
const there = { driver: running, uiService: service };

/** Rows as the reference numbers them; `does` is all that the pass does, in order. */
const rows: { row: string; given: Seen; does: string[] }[] = [
  { row: '1, 2: New is submitted', given: seen(application('')), does: ['submit'] },
  {
    row: '3: a pending driver leaves it SUBMITTED; first the UI service is made',
    given: seen(application('SUBMITTED'), { driver: pod({ phase: 'Pending' }) }),
    does: ['create UI service'],
  },
  {
    row: '3: then its address is written',
    given: seen(application('SUBMITTED'), { driver: pod({ phase: 'Pending' }), uiService: service }),
    does: ['-> SUBMITTED'],
  },
  {
    row: '3: a missing driver is waited for',
    given: seen(application('SUBMITTED'), { sinceSubmission: 9 }),
    does: ['back off'],
  },
  {
    row: '4: a running driver',
    given: seen(application('SUBMITTED'), there),
    does: ['SparkDriverRunning', '-> RUNNING'],
  },
  { row: '4: after the node came back', given: seen(application('UNKNOWN'), there), does: ['SparkDriverRunning', '-> RUNNING'] },
  {
    row: '5: a driver that succeeded',
    given: seen(application('RUNNING'), { ...there, driver: pod({ phase: 'Succeeded', exitCode: 0 }) }),
    does: ['SparkDriverCompleted', '-> SUCCEEDING'],
  },
  {
    row: '5: a driver whose container ended while a sidecar goes on',
    given: seen(application('RUNNING'), { ...there, driver: pod({ phase: 'Running', exitCode: 0 }) }),
    does: ['SparkDriverCompleted', '-> SUCCEEDING'],
  },
  {
    row: '5: a sidecar that failed does not matter',
    given: seen(application('RUNNING'), { ...there, driver: pod({ phase: 'Failed', exitCode: 0 }) }),
    does: ['SparkDriverCompleted', '-> SUCCEEDING'],
  },
  {
    row: '6: a driver that failed, before its pod changes phase',
    given: seen(application('RUNNING'), { ...there, driver: pod({ phase: 'Running', exitCode: 3 }) }),
    does: ['SparkDriverFailed', '-> FAILING'],
  },
  {
    row: '6: a pod that failed without a container',
    given: seen(application('SUBMITTED'), { ...there, driver: pod({ phase: 'Failed' }) }),
    does: ['SparkDriverFailed', '-> FAILING'],
  },
  { row: '7: no driver after the grace period', given: seen(application('SUBMITTED')), does: ['-> FAILING'] },
  {
    row: '8: a driver that vanished from a run, without grace',
    given: seen(application('RUNNING'), { sinceSubmission: 1 }),
    does: ['-> FAILING'],
  },
  {
    row: '9: the driver of a lost node',
    given: seen(application('RUNNING'), { ...there, driver: pod({ phase: 'Unknown' }) }),
    does: ['SparkDriverUnknown', '-> UNKNOWN'],
  },
  { row: '10: done', given: seen(application('SUCCEEDING')), does: ['-> COMPLETED'] },
  {
    row: '11: Always runs again at once',
    given: seen(application('SUCCEEDING', always)),
    does: ['delete resources', '-> PENDING_RERUN'],
  },
  { row: '12: a retry that is not due', given: seen(application('FAILING', onFailure)), does: ['wake in 30'] },
  {
    row: '12: each attempt waits longer, by submissions',
    given: seen(application('FAILING', onFailure, { submissionAttempts: 3 })),
    does: ['wake in 150'],
  },
  {
    row: '12: without an interval it is never due and never over',
    given: seen(application('FAILING', { restartPolicy: { type: 'OnFailure', onFailureRetries: 1 } })),
    does: ['back off'],
  },
  {
    row: '13: a retry that is due',
    given: seen(application('FAILING', onFailure), { sinceSubmission: 60 }),
    does: ['delete resources', '-> PENDING_RERUN'],
  },
  {
    row: '13: Always does not count',
    given: seen(application('FAILING', always, { executionAttempts: 9 })),
    does: ['delete resources', '-> PENDING_RERUN'],
  },
  { row: '14: no retries', given: seen(application('FAILING')), does: ['-> FAILED'] },
  { row: '14: no retries left', given: seen(application('FAILING', onFailure, { executionAttempts: 2 })), does: ['-> FAILED'] },
  {
    row: '14: a limit that is not named is none',
    given: seen(application('FAILING', { restartPolicy: { type: 'OnFailure', onFailureRetryInterval: 5 } })),
    does: ['-> FAILED'],
  },
  {
    row: '15: a refused submission is repeated',
    given: seen(application('SUBMISSION_FAILED', onRefusal), { sinceSubmission: 60 }),
    does: ['submit'],
  },
  { row: '15: when it is due', given: seen(application('SUBMISSION_FAILED', onRefusal)), does: ['wake in 30'] },
  {
    row: '16: but first the leftovers go',
    given: seen(application('SUBMISSION_FAILED', onRefusal), { sinceSubmission: 60, driver: running }),
    does: ['delete resources', 'back off'],
  },
  {
    row: '17: no submission left',
    given: seen(application('SUBMISSION_FAILED', onRefusal, { submissionAttempts: 2 })),
    does: ['SparkApplicationFailed', '-> FAILED'],
  },
  { row: '18: the next run', given: seen(application('PENDING_RERUN')), does: ['SparkApplicationPendingRerun', 'submit'] },
  { row: '18: not before the last driver is gone', given: seen(application('PENDING_RERUN'), { driver: running }), does: [] },
  {
    row: '20: an edited application',
    given: seen(application('INVALIDATING'), there),
    does: ['delete resources', '-> PENDING_RERUN'],
  },
  ...[
    '',
    'SUBMITTED',
    'RUNNING',
    'UNKNOWN',
    'SUCCEEDING',
    'FAILING',
    'SUBMISSION_FAILED',
    'PENDING_RERUN',
    'INVALIDATING',
    'RESUMING',
  ].map((state) => ({
    row: `21: suspended in ${state || 'New'}`,
    given: seen(application(state, { suspend: true }), there),
    does: ['-> SUSPENDING'],
  })),
  ...['COMPLETED', 'FAILED'].map((state) => ({
    row: `21: too late in ${state}`,
    given: seen(application(state, { suspend: true })),
    does: [`-> ${state}`],
  })),
  {
    row: '22: suspending',
    given: seen(application('SUSPENDING', { suspend: true }), there),
    does: ['SparkApplicationSuspending', 'delete resources', '-> SUSPENDED'],
  },
  { row: '23: suspended, the driver still ends', given: seen(application('SUSPENDED'), { driver: running }), does: [] },
  {
    row: '23: suspended, told on every pass',
    given: seen(application('SUSPENDED', { suspend: true })),
    does: ['SparkApplicationSuspended'],
  },
  {
    row: '23: resumed',
    given: seen(application('SUSPENDED')),
    does: ['SparkApplicationSuspended', '-> RESUMING', 'SparkApplicationResuming'],
  },
  { row: '24: resuming', given: seen(application('RESUMING')), does: ['submit'] },
  {
    row: '25: kept until its time to live is over',
    given: seen(application('COMPLETED', { timeToLiveSeconds: 15 }, { terminationTime: NOW }), { sinceTermination: 5 }),
    does: ['-> COMPLETED', 'wake in 10'],
  },
  {
    row: '25: and not longer',
    given: seen(application('FAILED', { timeToLiveSeconds: 15 }, { terminationTime: NOW }), { sinceTermination: 15 }),
    does: ['delete application'],
  },
];

test.each(rows)('row $row', ({ does, given }) => {
  expect(step(given).map(word)).toEqual(does);
});

/** The status that a pass writes. */
function written(given: Seen): JsonObject {
  const action = step(given).find((one) => one.do === 'status');
  return action?.do === 'status' ? action.status : {};
}

describe('what is written', () => {
  test.each([
    [{ phase: 'Failed', exitCode: 3 }, 'driver container failed with ExitCode: 3, Reason: Error'],
    [{ phase: 'Failed' }, 'driver container status missing'],
  ])('of a driver that failed: %o', (driver, errorMessage) => {
    const status = written(seen(application('RUNNING'), { ...there, driver: pod(driver) }));
    expect(status).toMatchObject({ applicationState: { state: 'FAILING', errorMessage }, terminationTime: NOW });
  });

  test('of a driver that is gone', () => {
    const status = written(seen(application('RUNNING')));
    expect(status.applicationState).toEqual({ state: 'FAILING', errorMessage: 'driver pod not found' });
  });

  test('the second time SUBMITTED: the UI and Spark’s own id', () => {
    const status = written(seen(application('SUBMITTED'), { driver: pod({ phase: 'Pending' }), uiService: service }));
    expect(status).toMatchObject({
      driverInfo: { webUIAddress: '10.96.0.7:4040', webUIPort: 4040, webUIServiceName: 'pi-ui-svc' },
      sparkApplicationId: 'spark-1',
    });
  });

  const used: JsonObject = {
    driverInfo: { podName: 'pi-driver' },
    executorState: { 'job-pi-exec-1': 'RUNNING' },
    lastSubmissionAttemptTime: NOW,
    sparkApplicationId: 'spark-1',
    submissionID: 'a',
    terminationTime: NOW,
  };

  test('before another run: attempts and the submission stay', () => {
    expect(written(seen(application('FAILING', onFailure, used), { sinceSubmission: 60 }))).toEqual({
      applicationState: { state: 'PENDING_RERUN' },
      driverInfo: {},
      executionAttempts: 1,
      lastSubmissionAttemptTime: NOW,
      submissionAttempts: 1,
      submissionID: 'a',
      terminationTime: null,
    });
  });

  test('of an edited application: nothing is left but the submission', () => {
    expect(written(seen(application('INVALIDATING', {}, used)))).toEqual({
      applicationState: { state: 'PENDING_RERUN' },
      driverInfo: {},
      lastSubmissionAttemptTime: null,
      submissionID: 'a',
      terminationTime: null,
    });
  });
});

const name = 'job-pi-exec-1';
const executors: { of: string; state: string; before: string | null; pod: PodState | null; after: string; told: string[] }[] = [
  {
    of: 'a new pod',
    state: 'RUNNING',
    before: null,
    pod: { phase: 'Pending' },
    after: 'PENDING',
    told: ['SparkExecutorPending'],
  },
  { of: 'no news', state: 'RUNNING', before: 'RUNNING', pod: { phase: 'Running' }, after: 'RUNNING', told: [] },
  {
    of: 'an ended container in a running pod',
    state: 'RUNNING',
    before: 'RUNNING',
    pod: { phase: 'Running', exitCode: 137 },
    after: 'RUNNING',
    told: [],
  },
  {
    of: 'exit 0',
    state: 'RUNNING',
    before: 'RUNNING',
    pod: { phase: 'Succeeded', exitCode: 0 },
    after: 'COMPLETED',
    told: ['SparkExecutorCompleted'],
  },
  {
    of: 'exit 143',
    state: 'RUNNING',
    before: 'RUNNING',
    pod: { phase: 'Failed', exitCode: 143 },
    after: 'FAILED',
    told: ['SparkExecutorFailed'],
  },
  {
    of: 'a lost node',
    state: 'RUNNING',
    before: 'RUNNING',
    pod: { phase: 'Unknown' },
    after: 'UNKNOWN',
    told: ['SparkExecutorUnknown'],
  },
  { of: 'gone in mid-run', state: 'RUNNING', before: 'RUNNING', pod: null, after: 'UNKNOWN', told: [] },
  { of: 'gone, done', state: 'COMPLETED', before: 'RUNNING', pod: null, after: 'COMPLETED', told: [] },
  { of: 'gone, failed', state: 'FAILED', before: 'PENDING', pod: null, after: 'FAILED', told: [] },
  { of: 'gone after its end', state: 'RUNNING', before: 'COMPLETED', pod: null, after: 'COMPLETED', told: [] },
  {
    of: 'corrected after the end',
    state: 'FAILED',
    before: 'RUNNING',
    pod: { phase: 'Succeeded', exitCode: 0 },
    after: 'COMPLETED',
    told: ['SparkExecutorCompleted'],
  },
];

test.each(executors)('an executor: $of', ({ after, before, pod: last, state, told }) => {
  const status = before === null ? {} : { executorState: { [name]: before } };
  const given = seen(application(state, {}, status), { ...there, executors: last === null ? [] : [pod({ name, ...last })] });
  expect(objectOf(written(given).executorState)[name]).toBe(after);
  expect(step(given).flatMap((action) => (action.do === 'tell' ? [action.reason] : []))).toEqual(told);
});

test('an executor that failed is told with its exit code, one without a container with -1', () => {
  const told = (last: PodState) =>
    step(seen(application('RUNNING'), { ...there, executors: [pod({ name, ...last })] })).flatMap((action) =>
      action.do === 'tell' ? [action.message] : [],
    );
  expect(told({ phase: 'Failed', exitCode: 143 })).toEqual([
    `Executor ${name} failed with ExitCode: 143, Reason: Error, Pod Message: `,
  ]);
  expect(told({ phase: 'Failed' })).toEqual([`Executor ${name} failed with ExitCode: -1, Reason: , Pod Message: `]);
});
