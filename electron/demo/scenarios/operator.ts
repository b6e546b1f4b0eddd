import type { Scenario } from './scenario.ts';
import { submitApplication } from './spark-application.ts';

/** The operator's webhooks do not answer: what only they would fill in is lost (reference §1, retry rules; §4, pod webhook). */
const webhookOff: Scenario = {
  id: 'webhook-off',
  title: 'Webhook is off',
  what: 'Nothing fills in the retry intervals, so a failed run freezes in FAILING; the driver’s env is lost as well.',
  namespace: 'default',
  async play(stage) {
    stage.world.conditions.webhook = false;
    const created = submitApplication(stage, 'ledger-check', ['fail'], {
      restartPolicy: { type: 'OnFailure', onFailureRetries: 3 },
      driver: { env: [{ name: 'LEDGER', value: '2026' }] },
    });
    return { created: [created], told: `Created ${created.name}. The webhook stays off until all faults are ended.` };
  },
};

/** How many applications fail at once, and how often each is tried again. */
const STORM = 12;
const RETRIES = 5;

const retryStorm: Scenario = {
  id: 'retry-storm',
  title: 'Retry storm',
  what: `${STORM} applications fail and are retried ${RETRIES} times each: states, pods and events by the second, for some minutes.`,
  namespace: 'analytics',
  async play(stage) {
    const restartPolicy = {
      type: 'OnFailure',
      onFailureRetries: RETRIES,
      onFailureRetryInterval: 5,
      onSubmissionFailureRetries: RETRIES,
      onSubmissionFailureRetryInterval: 5,
    };
    const created = Array.from({ length: STORM }, (_, number) =>
      submitApplication(stage, `storm-${String(number + 1).padStart(2, '0')}`, ['fail'], {
        restartPolicy,
        driver: { coreRequest: '200m' },
        executor: { instances: 1, coreRequest: '200m' },
      }),
    );
    return { created, told: `Created ${STORM} applications in ${stage.namespace} that fail and are retried.` };
  },
};

/** What the operator makes of bad luck and of its own settings. */
export const operatorScenarios: Scenario[] = [webhookOff, retryStorm];
