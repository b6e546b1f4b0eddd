import { at, type JsonObject, objectOf } from '../../json.ts';

const conf = (spec: JsonObject, key: string): boolean => at(spec, 'sparkConf', key) !== undefined;

/** A side of the application with what it does not say and sparkConf does not either. */
function side(spec: JsonObject, role: 'driver' | 'executor'): JsonObject {
  const given = objectOf(spec[role]);
  return {
    ...(conf(spec, `spark.${role}.cores`) ? {} : { cores: 1 }),
    ...(conf(spec, `spark.${role}.memory`) ? {} : { memory: '1g' }),
    ...given,
  };
}

/** The spec as the operator's defaulting webhook completes it when an application is created (reference §5). */
export function withDefaults(spec: JsonObject): JsonObject {
  const dynamic = at(spec, 'dynamicAllocation', 'enabled') === true;
  const restart = { type: 'Never', ...objectOf(spec.restartPolicy) };
  const intervals = restart.type === 'Never' ? {} : { onFailureRetryInterval: 5, onSubmissionFailureRetryInterval: 5 };
  return {
    type: 'Scala',
    mode: 'cluster',
    ...spec,
    restartPolicy: { ...intervals, ...restart },
    driver: side(spec, 'driver'),
    executor: { ...(dynamic ? {} : { instances: 1 }), ...side(spec, 'executor') },
    ...(dynamic ? { dynamicAllocation: { shuffleTrackingEnabled: true, ...objectOf(spec.dynamicAllocation) } } : {}),
  };
}
