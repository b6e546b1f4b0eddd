import { type JsonObject, numberOf, objectOf } from '../../json.ts';
import { driverNameOf } from './names.ts';
import { type Action, stateOf } from './step.ts';
import { toldOfState } from './story.ts';

/** One run of spark-submit: its id, when it began, and what it failed with, as `errorMessage` has it, or null. */
export interface Attempt {
  id: string;
  startedAt: string;
  failure: string | null;
}

/**
 * What follows spark-submit. The status is written once, after it, with the time from before it. A failure tells the state before it
 * once more, so that a second failure raises the count of the first one's event.
 */
export function afterSubmission(application: JsonObject, { failure, id, startedAt }: Attempt): Action[] {
  const before = objectOf(application.status);
  const status: JsonObject = {
    ...before,
    driverInfo: { podName: driverNameOf(application) },
    lastSubmissionAttemptTime: startedAt,
    submissionAttempts: numberOf(before.submissionAttempts, 0) + 1,
    submissionID: id,
    terminationTime: null,
  };
  if (failure === null) {
    const executionAttempts = numberOf(before.executionAttempts, 0) + 1;
    return [
      ...told(application, 'SUBMITTED', ''),
      { do: 'status', status: { ...status, applicationState: { state: 'SUBMITTED' }, executionAttempts } },
    ];
  }
  const last = objectOf(before.applicationState);
  return [
    ...told(application, stateOf(application), String(last.errorMessage ?? '')),
    ...told(application, 'SUBMISSION_FAILED', failure),
    { do: 'status', status: { ...status, applicationState: { errorMessage: failure, state: 'SUBMISSION_FAILED' } } },
  ];
}

function told(application: JsonObject, state: string, errorMessage: string): Action[] {
  const event = toldOfState(application, state, errorMessage);
  return event === null ? [] : [event];
}
