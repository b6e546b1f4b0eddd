import { recordAt, textAt } from '../json.ts';
import { metadataOf } from '../spark/objects.ts';
import { apacheAttempt, apachePhase, transitionHistory } from '../spark/operators/apache.ts';
import { operators } from '../spark/operators/index.ts';
import type { Operator, Phase } from '../spark/state.ts';
import { oneLine } from '../spark/why.ts';
import { parseTime } from '../time.ts';
import { type Instant, instant, type ObservationType } from './instant.ts';

/** What the status told when a state was found instead of seen to come; times as written. */
export interface Found {
  readonly submittedAt: number | null;
  readonly terminatedAt: number | null;
}

/** A state that the application was seen in, from the moment the news arrived. */
export interface Step extends Instant {
  readonly state: string;
  readonly phase: Phase;
  readonly why: string | null;
  readonly attempt: number;
  /** Set where the state was found (the page was opened later, the watch was away): what came before it has to be inferred. */
  readonly found: Found | null;
}

/** One submission; `key` is the submission id (or its time, where there is none), `at` is written by the operator. */
export interface Submission {
  readonly key: string;
  readonly at: number | null;
  readonly attempt: number;
}

/** What was learnt of one application object, from nothing but its own changes. */
export interface ApplicationRecord {
  readonly uid: string;
  readonly name: string;
  /** `metadata.creationTimestamp` as written. */
  readonly writtenAt: number;
  readonly created: Instant;
  readonly steps: readonly Step[];
  readonly submissions: readonly Submission[];
  readonly deletedAt: number | null;
}

/** The record after one more change of the object; the same record when nothing is new. */
export function recordApplication(
  record: ApplicationRecord | undefined,
  operator: Operator,
  object: unknown,
  at: number,
  type: ObservationType,
): ApplicationRecord {
  const before = record ?? firstRecord(operator, object, at, type);
  if (before.deletedAt !== null) return before;
  const submissions = operator === 'kubeflow' ? submissionsWith(before.submissions, object) : before.submissions;
  const steps = stepsWith(before, operator, object, at, type, submissions);
  const deletedAt = type === 'deleted' ? at : null;
  if (record !== undefined && steps === before.steps && submissions === before.submissions && deletedAt === null) return record;
  return { ...before, submissions, steps, deletedAt };
}

function firstRecord(operator: Operator, object: unknown, at: number, type: ObservationType): ApplicationRecord {
  const { createdAt, uid } = metadataOf(object);
  return {
    uid,
    name: operators[operator].applicationName(object),
    writtenAt: createdAt ?? at,
    created: instant(createdAt, at, type),
    steps: [],
    submissions: [],
    deletedAt: null,
  };
}

/**
 * The operator's counter starts again at 1 after an edit of the spec (INVALIDATING); runs of one application are told apart
 * best by a number that goes on, so a submission that was not known yet is the next one after the last.
 */
function submissionsWith(submissions: readonly Submission[], object: unknown): readonly Submission[] {
  const submittedText = textAt(object, 'status', 'lastSubmissionAttemptTime');
  const key = textAt(object, 'status', 'submissionID') ?? submittedText;
  if (key === null || submissions.some((submission) => submission.key === key)) return submissions;
  const counted = recordAt(object, 'status').submissionAttempts;
  const attempt = Math.max((submissions.at(-1)?.attempt ?? 0) + 1, typeof counted === 'number' ? counted : 1);
  return [...submissions, { key, at: parseTime(submittedText), attempt }];
}

function stepsWith(
  record: ApplicationRecord,
  operator: Operator,
  object: unknown,
  at: number,
  type: ObservationType,
  submissions: readonly Submission[],
): readonly Step[] {
  if (operator === 'apache') return apacheSteps(record.steps, object, type);
  // Nobody writes the state of these: it is read from the driver's pod (`application-lane.ts`).
  if (operator !== 'kubeflow') return record.steps;
  const { phase, why, word } = operators.kubeflow.state(object, []);
  const state = word === '' ? 'New' : word;
  const attempt = submissions.at(-1)?.attempt ?? 1;
  const last = record.steps.at(-1);
  // A repeated SUBMITTED is one state; SUBMISSION_FAILED of a further submission is a new one.
  if (last !== undefined && last.state === state && last.attempt === attempt) return record.steps;
  const isSeen = type === 'modified' || type === 'deleted' ? last !== undefined : type === 'added' && state === 'New';
  if (last === undefined && state === 'New') return [{ ...record.created, state, phase, why, attempt, found: null }];
  if (isSeen) return [...record.steps, { at, inferred: false, state, phase, why, attempt, found: null }];
  const found = {
    submittedAt: parseTime(textAt(object, 'status', 'lastSubmissionAttemptTime')),
    terminatedAt: parseTime(textAt(object, 'status', 'terminationTime')),
  };
  return [...record.steps, { at, inferred: true, state, phase, why, attempt, found }];
}

/** Apache's operator keeps a history with times of its own: whatever was ever seen of it is kept (it is trimmed). */
function apacheSteps(steps: readonly Step[], object: unknown, type: ObservationType): readonly Step[] {
  const history = transitionHistory(object);
  const current = textAt(object, 'status', 'currentState', 'currentStateSummary');
  const since = parseTime(textAt(object, 'status', 'currentState', 'lastTransitionTime'));
  if (current !== null && since !== null && !history.some(({ word, at }) => word === current && at === since)) {
    history.push({ word: current, at: since, message: textAt(object, 'status', 'currentState', 'message') });
  }
  const restarts = (length: number) => history.slice(0, length).filter(({ word }) => word === 'ScheduledToRestart').length;
  const attempt = apacheAttempt(object);
  const fresh = history.flatMap(({ word, at, message }, index): Step[] => {
    if (steps.some((step) => step.state === word && step.at === at)) return [];
    const number = Math.max(1, attempt - restarts(history.length - 1) + restarts(index));
    const phase = apachePhase(word, history[index - 1]?.word ?? null);
    return [{ at, inferred: type === 'listed', state: word, phase, why: oneLine(message), attempt: number, found: null }];
  });
  return fresh.length === 0 ? steps : [...steps, ...fresh].sort((a, b) => a.at - b.at);
}
