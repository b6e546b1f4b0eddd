import { type Kind, pods, sparkApplications } from '../../api/kinds.ts';
import { ApiError } from '../../api/status.ts';
import { type JsonObject, labelsOf, namespaceOf, objectOf, textOf } from '../../json.ts';
import type { World } from '../../world.ts';
import { appNameLabel, launchedLabel } from './names.ts';
import { withDefaults } from './webhook-defaults.ts';
import { mutatedPod } from './webhook-pod.ts';
import { refusalOf } from './webhook-validation.ts';

const denied = (webhook: string, why: string): ApiError =>
  new ApiError(403, 'Forbidden', `admission webhook "${webhook}.sparkoperator.k8s.io" denied the request: ${why}`);

/** What the operator's webhooks make of an object that is being created; they refuse with `ApiError`. Nothing while they do not answer. */
export function throughWebhooks({ conditions, store }: World, kind: Kind, object: JsonObject): JsonObject {
  if (!conditions.webhook) return object;
  if (kind === sparkApplications) {
    const filled = { ...object, spec: withDefaults(objectOf(object.spec)) };
    const why = refusalOf(filled);
    if (why !== null) throw denied('validate-sparkapplication', why);
    return filled;
  }
  const labels = labelsOf(object);
  if (kind !== pods || labels[launchedLabel] !== 'true') return object;
  const name = textOf(labels[appNameLabel]);
  const application = store.get(sparkApplications, namespaceOf(object), name);
  if (application !== null) return mutatedPod(object, application);
  throw denied(
    'mutate-pod',
    `failed to get SparkApplication ${namespaceOf(object)}/${name}: SparkApplication.sparkoperator.k8s.io "${name}" not found`,
  );
}
