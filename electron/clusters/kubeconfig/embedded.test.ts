import { describe, expect, test } from 'vitest';
import { embedded } from './embedded.ts';
import { merge } from './merge.ts';
import { parseKubeconfig } from './parse.ts';

const text = `apiVersion: v1
kind: Config
clusters: [{ name: demo, cluster: { server: 'https://127.0.0.1:7' } }]
users: [{ name: admin, user: { token: of-demo } }]
contexts: [{ name: demo, context: { cluster: demo, user: admin, namespace: default } }]
current-context: demo
`;

const own = `apiVersion: v1
kind: Config
clusters: [{ name: demo, cluster: { server: 'https://10.0.0.1:6443' } }]
users: [{ name: admin, user: { token: of-own } }]
contexts: [{ name: demo, context: { cluster: demo, user: admin } }]
current-context: demo
`;

describe('a kubeconfig in memory', () => {
  test('keeps its context’s name where it is free, and is nobody’s current context', () => {
    const { file, nameOf } = embedded(text, new Set(['prod']));
    expect(nameOf('demo')).toBe('demo');
    const { kubeconfigs, resolve } = merge([file]);
    expect(kubeconfigs).toMatchObject({
      currentContext: null,
      files: [{ origin: 'demo', failure: null }],
      contexts: [{ name: 'demo', namespace: 'default', server: 'https://127.0.0.1:7', failure: null }],
    });
    expect(resolve('demo').user.token).toBe('of-demo');
  });

  test.each([
    [['demo'], 'demo (Emberdeck)'],
    [['demo', 'demo (Emberdeck)'], 'demo (Emberdeck 2)'],
  ])('beside %j it is %s', (taken, expected) => {
    expect(embedded(text, new Set(taken)).nameOf('demo')).toBe(expected);
  });

  test('cluster and user of the same names stay those of the files', () => {
    const { file } = embedded(text, new Set(['demo']));
    const parsed = parseKubeconfig('/own', own);
    if ('code' in parsed) throw new Error('readable');
    const { resolve } = merge([file, { location: { path: '/own', origin: 'picked' }, content: { parsed } }]);
    expect(resolve('demo')).toMatchObject({ cluster: { server: 'https://10.0.0.1:6443' }, user: { token: 'of-own' } });
    expect(resolve('demo (Emberdeck)')).toMatchObject({ cluster: { server: 'https://127.0.0.1:7' }, user: { token: 'of-demo' } });
  });

  test('what cannot be read is refused', () => {
    expect(() => embedded('contexts: {', new Set())).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'kubeconfig-invalid' }) }),
    );
  });
});
