import type { ApplicationsBatch } from '../../../shared/contract/applications.ts';
import { type Description, describe, describeForbidden, type Forbidden } from '../../../shared/describe.ts';
import type { Failure } from '../../../shared/failure.ts';
import { type Operator, operatorSchema } from '../../../shared/spark/state.ts';
import type { Applications } from './model.ts';
import { operatorName } from './operators.ts';

/** A kind of application that cannot be seen, and why. */
export interface Refusal {
  operator: Operator;
  failure: Failure;
}

/** The refusals among what is unseen; kinds that are only loading or late say so in the header already. */
export function refusals(unseen: ApplicationsBatch['unseen']): Refusal[] {
  return unseen.flatMap(({ operator, freshness }) =>
    freshness.state === 'refused' ? [{ operator, failure: freshness.failure }] : [],
  );
}

/** Several kinds that cannot be seen for one reason, and its words. */
export interface Reason {
  operators: Operator[];
  description: Description;
}

/** One reason for what one user may not do with several kinds, so that one command grants all; every other refusal has its own. */
export function reasonsOf(refused: readonly Refusal[]): Reason[] {
  const alike = new Map<string, { operators: Operator[]; forbidden: Forbidden[]; other: Failure | null }>();
  for (const { operator, failure } of refused) {
    const isForbidden = failure.code === 'forbidden';
    const key = isForbidden ? JSON.stringify([failure.user, failure.verb, failure.namespace]) : operator;
    const group = alike.get(key) ?? { operators: [], forbidden: [], other: isForbidden ? null : failure };
    group.operators.push(operator);
    if (isForbidden) group.forbidden.push(failure);
    alike.set(key, group);
  }
  return [...alike.values()].flatMap(({ operators, forbidden: [first, ...others], other }) => {
    if (other !== null) return [{ operators, description: describe(other) }];
    return first === undefined ? [] : [{ operators, description: describeForbidden(first, others) }];
  });
}

/** "Kubeflow and Apache": names joined as a sentence wants them. */
export function joinNames(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** The quiet line under the table, or null when everything can be seen. */
export function unseenLine(refused: readonly Refusal[]): string | null {
  const isAbsent = ({ failure }: Refusal) => failure.code === 'kind-absent';
  const names = (some: readonly Refusal[]) => joinNames(some.map(({ operator }) => operatorName(operator)));
  const absent = refused.filter(isAbsent);
  const others = refused.filter((refusal) => !isAbsent(refusal));
  const parts = [
    ...(absent.length > 0 ? [`Not installed here: ${names(absent)}`] : []),
    ...(others.length > 0 ? [`Cannot be seen: ${names(others)}`] : []),
  ];
  return parts.length === 0 ? null : parts.join(' · ');
}

/** True when not one kind of application can be seen: an empty table would be a lie. */
export function nothingCanBeSeen({ rows, freshness, unseen }: Applications): boolean {
  if (rows.size > 0) return false;
  return freshness.state === 'refused' || refusals(unseen).length === operatorSchema.options.length;
}
