import { isObject, type JsonObject, listOf } from '../../json.ts';

const LOST = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
/** Seconds a pod stays on a node that is lost. */
const SECONDS = 300;

/** A pod's spec that tolerates a lost node for five minutes where it does not say for how long itself (DefaultTolerationSeconds). */
export function withTolerations(spec: JsonObject): JsonObject {
  const own = listOf(spec.tolerations).filter(isObject);
  const says = (wanted: string): boolean =>
    own.some(({ effect = '', key = '' }) => (key === wanted || key === '') && (effect === 'NoExecute' || effect === ''));
  const added = LOST.filter((key) => !says(key)).map((key) => ({
    effect: 'NoExecute',
    key,
    operator: 'Exists',
    tolerationSeconds: SECONDS,
  }));
  return { ...spec, tolerations: [...own, ...added] };
}
