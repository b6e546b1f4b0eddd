import { stringify } from 'yaml';

/** A kubeconfig with the contexts `demo`, `demo-viewer` and `gone`; the first one is current. `authority` is PEM. */
export function kubeconfigText(server: string, authority: string, token: string, viewerToken: string): string {
  const trust = { 'certificate-authority-data': Buffer.from(authority).toString('base64') };
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'demo', cluster: { server, ...trust } },
      { name: 'gone', cluster: { server: 'https://127.0.0.1:1', ...trust } },
    ],
    users: [
      { name: 'admin', user: { token } },
      { name: 'viewer', user: { token: viewerToken } },
    ],
    contexts: [
      { name: 'demo', context: { cluster: 'demo', user: 'admin', namespace: 'default' } },
      { name: 'demo-viewer', context: { cluster: 'demo', user: 'viewer', namespace: 'default' } },
      { name: 'gone', context: { cluster: 'gone', user: 'admin' } },
    ],
    'current-context': 'demo',
  });
}
