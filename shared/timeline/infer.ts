import { machineShapes } from '../spark/operators/machines.ts';
import type { Step } from './application-record.ts';
import type { Evidence } from './evidence.ts';
import { groupBy } from './group.ts';

/** A state that was inferred to have begun at `at`. */
export interface Inferred {
  readonly at: number;
  readonly state: string;
  /** Whether it is known only from a pod, which may be ahead of the operator. */
  readonly source: Evidence['source'] | 'status';
}

/** Order of states that share a second, where the machine alone leaves a choice. */
const rank = [
  'New',
  'RESUMING',
  'PENDING_RERUN',
  'SUBMITTED',
  'SUBMISSION_FAILED',
  'RUNNING',
  'SUSPENDING',
  'SUCCEEDING',
  'FAILING',
];
const edges = new Set(machineShapes.kubeflow.edges.map(({ from, to }) => `${from} ${to}`));

/** spark-submit takes longer than this: two signs of a failed submission closer together are one (the operator repeats itself). */
const sameSubmission = 1000;

/**
 * The way from a state that was known to a state that was found: what the evidence between the two says, in an order that the
 * machine of the Kubeflow operator allows, ended by what the status says. Times never go back and never pass the finding.
 */
export function inferWay(known: Inferred, found: Step, evidence: readonly Evidence[]): Inferred[] {
  const usable = evidence.filter(({ at }) => at >= Math.floor(known.at / 1000) * 1000 && at <= found.at);
  const way = walk(known, usable);
  return endWith(way, known, found).map((step) => ({ ...step, at: Math.min(step.at, found.at) }));
}

/** Takes the evidence second by second; within a second, states the machine leads to come first. */
function walk(known: Inferred, evidence: readonly Evidence[]): Inferred[] {
  const way: Inferred[] = [];
  const seconds = groupBy(evidence, ({ at }) => Math.floor(at / 1000));
  for (const second of seconds.values()) {
    let open = [...second].sort((a, b) => rankOf(a.state) - rankOf(b.state) || a.at - b.at);
    while (open.length > 0) {
      const current = way.at(-1) ?? known;
      const fresh = open.filter((sign) => isNews(current, sign));
      const next = fresh.find((sign) => edges.has(`${current.state} ${sign.state}`)) ?? fresh[0];
      if (next === undefined) break;
      way.push({ ...next, at: Math.max(next.at, current.at) });
      // Nothing happens twice in a second; the operator does record some states twice.
      open = open.filter((sign) => sign.state !== next.state);
    }
  }
  return way;
}

function isNews(current: Inferred, sign: Evidence): boolean {
  if (sign.state !== current.state) return true;
  return sign.state === 'SUBMISSION_FAILED' && sign.at - current.at > sameSubmission;
}

function rankOf(state: string): number {
  const index = rank.indexOf(state);
  return index === -1 ? rank.length : index;
}

function endWith(way: readonly Inferred[], known: Inferred, found: Step): Inferred[] {
  const { state } = found;
  const submittedAt = found.found?.submittedAt ?? null;
  const terminatedAt = found.found?.terminatedAt ?? null;
  // A driver may be ahead of its application: what only a pod says beyond the state that the operator is in is dropped.
  const lastOfState = way.findLastIndex((step) => step.state === state);
  if (lastOfState !== -1 && way.slice(lastOfState + 1).every(({ source }) => source === 'pod'))
    return way.slice(0, lastOfState + 1);
  const done = [...way];
  const last = () => done.at(-1) ?? known;
  const add = (next: string, at: number | null) => done.push({ at: Math.max(at ?? 0, last().at), state: next, source: 'status' });
  if (state === 'COMPLETED' || state === 'FAILED') {
    const ending = state === 'COMPLETED' ? 'SUCCEEDING' : 'FAILING';
    // The driver's end is not the operator's: it writes terminationTime when it sees that end.
    if (done.at(-1)?.state === ending && done.at(-1)?.source === 'pod' && terminatedAt !== null) done.pop();
    if (last().state !== ending && last().state !== 'SUBMISSION_FAILED') add(ending, terminatedAt);
    add(state, terminatedAt);
    return done;
  }
  add(state, state === 'SUBMITTED' || state === 'SUBMISSION_FAILED' ? submittedAt : terminatedAt);
  return done;
}
