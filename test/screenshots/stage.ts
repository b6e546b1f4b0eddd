import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DemoCluster, type JsonObject, startDemoCluster } from '../../electron/demo/cluster.ts';
import { application } from '../../electron/demo/testing.ts';
import { cast } from './cast.ts';
import { objectsOf } from './objects.ts';

/** The context the pictures show. */
export const CONTEXT = 'prod-eu';
/** The one application that really runs, so that it has a web UI. */
export const LIVE = 'customer-360';

export interface Stage {
  cluster: DemoCluster;
  kubeconfig: string;
}

/** A cluster on which nothing moves any more but {@link LIVE}, and a kubeconfig for it in `folder`. */
export async function setStage(folder: string): Promise<Stage> {
  const cluster = await startDemoCluster({
    namespaces: ['analytics', 'ml', 'payments'],
    nodes: { millicores: 1_000_000 },
    runMilliseconds: 21_000,
  });
  const now = Date.now();
  for (const each of cast) {
    const { application, events, pods } = objectsOf(each, now);
    for (const pod of pods) cluster.api.put('pods', pod);
    for (const event of events) cluster.api.put('events', event);
    cluster.api.put('sparkapplications', application);
  }
  cluster.api.put('sparkapplications', live());
  const path = join(folder, 'config');
  // Names as people give them; `gone` is a cluster that is switched off.
  const named = cluster
    .kubeconfig()
    .replace(/name: demo-viewer$/m, 'name: prod-eu-readonly')
    .replace(/name: demo$(?=\n\s+context)/m, `name: ${CONTEXT}`)
    .replace(/name: gone$(?=\n\s+context)/m, 'name: staging')
    .replace('current-context: demo', `current-context: ${CONTEXT}`);
  writeFileSync(path, named, { mode: 0o600 });
  return { cluster, kubeconfig: path };
}

function live(): JsonObject {
  const sample = application(LIVE, {
    mainClass: 'com.example.customers.Profile',
    mainApplicationFile: 'local:///opt/jobs/customers.jar',
    arguments: ['slow', '300'],
    executor: { cores: 2, instances: 3, memory: '4g' },
  });
  return { ...sample, metadata: { name: LIVE, namespace: 'analytics' } };
}
