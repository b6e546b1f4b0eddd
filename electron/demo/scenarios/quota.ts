import { resourceQuotas } from '../api/kinds.ts';
import type { Scenario } from './scenario.ts';
import { submitApplication } from './spark-application.ts';

const QUOTA = 'team-budget';

/** A namespace whose budget is smaller than one driver. */
export const quotaExceeded: Scenario = {
  id: 'quota-exceeded',
  title: 'Quota is exceeded',
  what: 'The namespace may use half a core; the driver asks for one, and the API server refuses its pod.',
  namespace: 'staging',
  async play(stage) {
    const { world, namespace } = stage;
    if (world.store.get(resourceQuotas, namespace, QUOTA) === null) {
      world.create(resourceQuotas, {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: QUOTA, namespace },
        spec: { hard: { 'requests.cpu': '500m', pods: '10' } },
      });
    }
    const created = submitApplication(stage, 'forecast', ['pi', '10'], { driver: { coreRequest: '1' } });
    return { created: [created], told: `Created ${created.name} in ${namespace}, where the quota ${QUOTA} allows 500m of CPU.` };
  },
};
