import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startDemoCluster } from './cluster.ts';

/**
 * The demo cluster as a process: `node electron/demo/serve.ts --kubeconfig PATH [--run-milliseconds N]`.
 * Writes the kubeconfig (readable by its owner only), then prints one line of JSON: `{ url, kubeconfig, token, viewerToken }`.
 */
const { values } = parseArgs({ options: { kubeconfig: { type: 'string' }, 'run-milliseconds': { type: 'string' } } });
if (values.kubeconfig === undefined) {
  process.stderr.write('usage: serve.ts --kubeconfig PATH [--run-milliseconds N]\n');
  process.exit(2);
}
const milliseconds = values['run-milliseconds'];
const cluster = await startDemoCluster(milliseconds === undefined ? {} : { runMilliseconds: Number(milliseconds) });
writeFileSync(values.kubeconfig, cluster.kubeconfig(), { mode: 0o600 });
const { url, token, viewerToken } = cluster;
process.stdout.write(`${JSON.stringify({ url, kubeconfig: values.kubeconfig, token, viewerToken })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cluster.close().then(() => process.exit(0)));
