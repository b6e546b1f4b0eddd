import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClusters } from '../../electron/clusters/index.ts';
import { startDemoCluster } from '../../electron/demo/cluster.ts';
import { objectOf } from '../../electron/demo/json.ts';
import { systemClock } from '../../electron/platform/world.ts';
import { type App, start } from '../e2e/app.ts';
import { failedApplication, failedStatus, messageOf, nameOf } from './applications.ts';
import { dataFolderFor } from './data-folder.ts';
import { withKubeconfig } from './kubeconfig-file.ts';
import { type Changes, measureChanges } from './measure-changes.ts';
import { kubectlWatch, plainWatch } from './other-watch.ts';

/** Changed rows are among the first, which are on screen whatever the size of the table. */
const ROWS_CHANGED = 10;

/** Changes on the demo cluster, with `applications` in the table, beside a bare watch client. */
export async function changesOnFake(project: string, applications: number, count: number): Promise<Changes> {
  const cluster = await startDemoCluster();
  for (let number = 0; number < applications; number += 1) cluster.api.put('sparkapplications', failedApplication(number));
  const rows = Math.min(applications, ROWS_CHANGED);
  try {
    return await withKubeconfig(cluster.kubeconfig(), async (kubeconfig) => {
      const app = await openTable(project, kubeconfig, 'demo', 'default');
      const other = await plainWatch(`${cluster.url}${pathOf('default')}?watch=true`, cluster);
      try {
        return await measureChanges(app.page, other, count, (measurement, message) => {
          const number = measurement % rows;
          const live = cluster.api.get('sparkapplications', 'default', nameOf(number));
          cluster.api.put('sparkapplications', { ...live, status: failedStatus(number, message) });
        });
      } finally {
        other.close();
        await app.close();
      }
    });
  } finally {
    await cluster.close();
  }
}

/** Changes of one application on the cluster of `kubeconfig`, in a namespace of their own, beside `kubectl get --watch`. */
export async function changesOnCluster(project: string, kubeconfig: string, count: number): Promise<Changes> {
  const clusters = createClusters({ environment: { KUBECONFIG: kubeconfig }, home: homedir(), clock: systemClock, log: silent });
  const { currentContext, contexts } = clusters.kubeconfigs.current();
  const context = currentContext ?? contexts[0]?.name ?? '';
  const api = clusters.get(context);
  const namespace = `bench-${Date.now().toString(36)}`;
  const name = nameOf(0);
  const fail = (message: string) =>
    api.request({
      method: 'PATCH',
      path: `${pathOf(namespace)}/${name}/status`,
      contentType: 'application/merge-patch+json',
      body: { status: failedStatus(0, message) },
    });
  await api.request({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: namespace } } });
  try {
    // Suspended: an operator that looks at it before it failed starts nothing.
    const { metadata: _, spec, ...rest } = failedApplication(0);
    const body = { ...rest, metadata: { name }, spec: { ...objectOf(spec), suspend: true } };
    await api.request({ method: 'POST', path: pathOf(namespace), body });
    await sleep(2_000);
    await fail(messageOf(0));
    const app = await openTable(project, kubeconfig, context, namespace);
    const other = await kubectlWatch(kubeconfig, context, namespace, name);
    try {
      return await measureChanges(app.page, other, count, async (_measurement, message) => void (await fail(message)));
    } finally {
      other.close();
      await app.close();
    }
  } finally {
    await api.request({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` });
    clusters.close();
  }
}

const silent = { info() {}, warn() {} };
const pathOf = (namespace: string) => `/apis/sparkoperator.k8s.io/v1beta2/namespaces/${namespace}/sparkapplications`;

async function openTable(project: string, kubeconfig: string, context: string, namespace: string): Promise<App> {
  const app = await start({ project, kubeconfig, dataFolder: dataFolderFor(context, namespace) });
  await app.page.locator('[role="row"] [data-phase]').first().waitFor({ timeout: 60_000 });
  return app;
}
