import { stringify } from 'yaml';

/** A kubeconfig with the contexts `fake`, `fake-viewer` and `gone`; the first one is current. */
export function kubeconfigText(server: string, token: string, viewerToken: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'fake', cluster: { server } },
      { name: 'gone', cluster: { server: 'http://127.0.0.1:1' } },
    ],
    users: [
      { name: 'admin', user: { token } },
      { name: 'viewer', user: { token: viewerToken } },
    ],
    contexts: [
      { name: 'fake', context: { cluster: 'fake', user: 'admin', namespace: 'default' } },
      { name: 'fake-viewer', context: { cluster: 'fake', user: 'viewer', namespace: 'default' } },
      { name: 'gone', context: { cluster: 'gone', user: 'admin' } },
    ],
    'current-context': 'fake',
  });
}
