import { parseQuantity, type Quantity, zero } from '../api/quantity.ts';
import { at, isObject, type Json, type JsonObject, labelsOf, listOf, nameOf, objectOf, textOf } from '../json.ts';
import type { Resources } from './resources.ts';

/** What the pods on a node take up together. */
export interface Load {
  pods: number;
  requests: Resources;
}

/** A reason why a node does not take a pod, in the scheduler's words. */
export interface Obstacle {
  words: string;
  /** False: not even an empty node would do. */
  preemptible: boolean;
}

const permanent = (words: string): Obstacle => ({ words, preemptible: false });

/**
 * Why `node` does not take `pod`; empty when it does. The filters run in the order of kube-scheduler 1.34 and the first that refuses ends it, so
 * that only resources are named together.
 */
export function obstaclesOf(pod: JsonObject, requests: Resources, node: JsonObject, load: Load): Obstacle[] {
  const tolerations = listOf(at(pod, 'spec', 'tolerations')).map(objectOf);
  const tolerated = (taint: JsonObject): boolean => tolerations.some((toleration) => tolerates(toleration, taint));
  const cordon = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
  if (at(node, 'spec', 'unschedulable') === true && !tolerated(cordon)) return [permanent('node(s) were unschedulable')];
  if (taintsOf(node).some((taint) => taint.effect !== 'PreferNoSchedule' && !tolerated(taint))) {
    return [permanent('node(s) had untolerated taint(s)')];
  }
  if (!wantsNode(pod, node)) return [permanent("node(s) didn't match Pod's node affinity/selector")];
  return lacks(requests, node, load);
}

export const taintsOf = (node: JsonObject): JsonObject[] => listOf(at(node, 'spec', 'taints')).filter(isObject);

/** Whether a pod's toleration is about this taint. An empty key with Exists tolerates all, an empty effect every effect. */
export function tolerates(toleration: JsonObject, taint: JsonObject): boolean {
  const { key = '', operator = 'Equal', value = '', effect = '' } = toleration;
  if (effect !== '' && effect !== taint.effect) return false;
  if (key === '') return operator === 'Exists';
  return key === taint.key && (operator === 'Exists' || value === (taint.value ?? ''));
}

function wantsNode(pod: JsonObject, node: JsonObject): boolean {
  const labels = labelsOf(node);
  const selected = Object.entries(objectOf(at(pod, 'spec', 'nodeSelector'))).every(([key, value]) => labels[key] === value);
  const path = ['spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'];
  const required = at(pod, ...path);
  if (!selected || required === undefined) return selected;
  return listOf(at(required, 'nodeSelectorTerms')).some((term) => matchesTerm(term, node));
}

/** A term matches when all its expressions do; one without any matches nothing. */
function matchesTerm(term: Json, node: JsonObject): boolean {
  const labels = labelsOf(node);
  const expressions = listOf(at(term, 'matchExpressions')).filter(isObject);
  const fields = listOf(at(term, 'matchFields')).filter(isObject);
  if (expressions.length + fields.length === 0) return false;
  return (
    expressions.every((expression) => matches(expression, labels[textOf(expression.key)])) &&
    fields.every((field) => matches(field, field.key === 'metadata.name' ? nameOf(node) : undefined))
  );
}

function matches({ operator, values }: JsonObject, found: Json | undefined): boolean {
  const wanted = listOf(values);
  const value = found ?? '';
  switch (operator) {
    case 'In':
      return found !== undefined && wanted.includes(value);
    case 'NotIn':
      return !wanted.includes(value);
    case 'Exists':
      return found !== undefined;
    case 'DoesNotExist':
      return found === undefined;
    case 'Gt':
      return found !== undefined && Number(value) > Number(wanted[0]);
    case 'Lt':
      return found !== undefined && Number(value) < Number(wanted[0]);
    default:
      return false;
  }
}

function lacks(requests: Resources, node: JsonObject, load: Load): Obstacle[] {
  const allocatable = objectOf(at(node, 'status', 'allocatable'));
  const has = (name: string): bigint => (parseQuantity(allocatable[name] ?? 0) ?? zero).thousandths;
  const used = (name: string): bigint => amount(load.requests[name]);
  const found: Obstacle[] = [];
  if (BigInt(load.pods + 1) * 1000n > has('pods')) found.push({ words: 'Too many pods', preemptible: true });
  for (const [name, { thousandths }] of Object.entries(requests)) {
    const room = has(name);
    if (thousandths > 0n && used(name) + thousandths > room) {
      found.push({ words: `Insufficient ${name}`, preemptible: thousandths <= room });
    }
  }
  return found;
}

const amount = (quantity: Quantity | undefined): bigint => (quantity ?? zero).thousandths;

/** The scheduler's whole sentence: `obstacles` of each node that was asked. */
export function unschedulableWords(obstacles: Obstacle[][]): string {
  const available = `0/${obstacles.length} nodes are available`;
  if (obstacles.length === 0) return 'no nodes available to schedule pods';
  const why = counted(obstacles.flat().map(({ words }) => words));
  const preemption = obstacles.map((found) =>
    found.every(({ preemptible }) => preemptible)
      ? 'No preemption victims found for incoming pod'
      : 'Preemption is not helpful for scheduling',
  );
  return `${available}: ${why}. no new claims to deallocate, preemption: ${available}: ${counted(preemption)}.`;
}

function counted(words: string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .map(([word, count]) => `${count} ${word}`)
    .sort()
    .join(', ');
}
