import { applicationSpec } from './application.ts';
import { choice, flag, type JsonSchema, object, text, whole } from './json-schema.ts';
import { metadata } from './kubernetes.ts';

const properties = metadata.properties ?? {};

/** A whole ScheduledSparkApplication of `sparkoperator.k8s.io/v1beta2`. */
export const scheduledSparkApplication: JsonSchema = object(
  'Makes a SparkApplication from a template at set times.',
  {
    apiVersion: text('Which API and version.', { const: 'sparkoperator.k8s.io/v1beta2' }),
    kind: text('What this is.', { const: 'ScheduledSparkApplication' }),
    metadata: {
      ...metadata,
      properties: {
        ...properties,
        name: {
          ...properties.name,
          description:
            'Name of the schedule. Each run is called after it and the time of its start, which takes 20 letters by default: longer names than 43 give runs that cannot be submitted.',
        },
        labels: { ...properties.labels, description: 'Passed on to every run; the template has no metadata of its own.' },
      },
    },
    spec: object(
      'When to run what.',
      {
        schedule: text(
          'Five fields of cron (`0 3 * * *`), `@every 30m`, `@hourly`, or any of them after `TZ=Europe/Berlin `. Changing it does not move a run that is planned already. One that cannot be read stays FailedValidation even after it was mended: delete and create it anew.',
        ),
        timeZone: text('Time zone of the schedule, `Europe/Berlin` say. Default: the zone of the operator’s pod.', {
          default: 'Local',
        }),
        concurrencyPolicy: choice(
          'What to do while the last run is not over. `Allow` starts another; `Forbid` waits; `Replace` deletes the last one first. Say one of them: without it there is one run, and none ever after while that one still exists.',
          ['Allow', 'Forbid', 'Replace'],
        ),
        suspend: flag('Starts no further runs. Runs under way go on. Default: false.', { default: false }),
        successfulRunHistoryLimit: whole(
          'How many runs that succeeded are kept, with their logs. Older ones are deleted when a run starts. Default: 1.',
          0,
          { default: 1 },
        ),
        failedRunHistoryLimit: whole('As above, for those that failed. Default: 1.', 0, { default: 1 }),
        template: { ...applicationSpec, description: 'The spec of every run.' },
      },
      ['schedule', 'template'],
    ),
    status: { type: 'object', description: 'Written by the operator; what stands here is not taken.' },
  },
  ['apiVersion', 'kind', 'metadata', 'spec'],
);
