import { stringify } from 'yaml';

/** A kubeconfig with the contexts `demo`, `demo-viewer` and `gone`; the first one is current. */
export function kubeconfigText(server: string, token: string, viewerToken: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'demo', cluster: { server } },
      { name: 'gone', cluster: { server: 'http://127.0.0.1:1' } },
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
