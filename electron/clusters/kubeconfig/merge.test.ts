import { describe, expect, test } from 'vitest';
import { FailureError } from '../../../shared/failure.ts';
import { locate } from './locate.ts';
import { type FileState, merge } from './merge.ts';
import { parseKubeconfig } from './parse.ts';

function file(path: string, text: string): FileState {
  const parsed = parseKubeconfig(path, text);
  return { location: { path, origin: 'environment' }, content: 'code' in parsed ? { failure: parsed } : { parsed } };
}

const first = file(
  '/a/config',
  `
clusters: [{ name: one, cluster: { server: "https://first:6443" } }]
users: [{ name: ada, user: { token: first } }]
contexts: [{ name: both, context: { cluster: one, user: ada } }]
`,
);
const second = file(
  '/b/config',
  `
clusters: [{ name: one, cluster: { server: "https://second:6443" } }, { name: two, cluster: { server: "https://two" } }]
users: [{ name: ada, user: { token: second } }]
contexts:
- { name: both, context: { cluster: two, user: ada } }
- { name: own, context: { cluster: two, user: ada, namespace: ns } }
current-context: own
`,
);
const third = file('/c/config', 'current-context: both');
const broken = file('/d/config', 'contexts: {');

describe('several files', () => {
  test('the first to name something wins, whole', () => {
    const { kubeconfigs, resolve } = merge([first, second, third]);
    expect(kubeconfigs.contexts.map(({ name, server, file }) => [name, server, file])).toEqual([
      ['both', 'https://first:6443', '/a/config'],
      ['own', 'https://two:443', '/b/config'],
    ]);
    expect(resolve('own').user.token).toBe('first');
  });

  test('current-context is of the first file that sets one', () => {
    expect(merge([first, second, third]).kubeconfigs.currentContext).toBe('own');
    expect(merge([third, second]).kubeconfigs.currentContext).toBe('both');
    expect(merge([first]).kubeconfigs.currentContext).toBeNull();
  });

  test('a broken file is named, the others still work', () => {
    const { kubeconfigs } = merge([broken, second]);
    expect(kubeconfigs.files.map(({ path, failure }) => [path, failure?.code ?? null])).toEqual([
      ['/d/config', 'kubeconfig-invalid'],
      ['/b/config', null],
    ]);
    expect(kubeconfigs.contexts).toHaveLength(2);
  });

  test('what is shown holds no secrets', () => {
    expect(JSON.stringify(merge([first, second]).kubeconfigs)).not.toMatch(/token|"first"|"second"/);
  });
});

describe('a context that cannot be used', () => {
  test.each([
    ['{ cluster: none, user: ada }', 'cluster "none"'],
    ['{ user: ada }', 'cluster'],
    ['{ cluster: one, user: none }', 'user "none"'],
    ['{ cluster: one }', 'user'],
    ['{ cluster: empty, user: ada }', 'server of cluster "empty"'],
    ['{ cluster: odd, user: ada }', 'valid server address of cluster "odd"'],
  ])('%s lacks its %s', (context, missing) => {
    const { kubeconfigs, resolve } = merge([
      file(
        '/x',
        `
clusters: [{ name: one, cluster: { server: "https://one" } }, { name: empty }, { name: odd, cluster: { server: "ftp://x" } }]
users: [{ name: ada, user: {} }]
contexts: [{ name: it, context: ${context} }]`,
      ),
    ]);
    const failure = { code: 'context-incomplete', context: 'it', missing };
    expect(kubeconfigs.contexts[0]?.failure).toEqual(failure);
    expect(() => resolve('it')).toThrow(expect.objectContaining({ failure }));
  });

  test('an unknown one says so', () => {
    expect(() => merge([first]).resolve('nope')).toThrow(FailureError);
  });

  test('a password in the server address is not shown', () => {
    const { kubeconfigs } = merge([
      file(
        '/x',
        'clusters: [{ name: c, cluster: { server: "https://u:CANARY@h/p/" } }]\ncontexts: [{ name: x, context: { cluster: c } }]',
      ),
    ]);
    expect(kubeconfigs.contexts[0]?.server).toBe('https://h:443/p');
  });
});

describe('where files are looked for', () => {
  const places = (KUBECONFIG: string | undefined, picked: string[] = []) =>
    locate({ KUBECONFIG }, '/home/ada', picked).map(({ path, origin }) => `${origin} ${path}`);

  test.each([
    [undefined, ['default /home/ada/.kube/config']],
    ['', ['default /home/ada/.kube/config']],
    ['/a:/b::/a', ['environment /a', 'environment /b']],
  ])('KUBECONFIG=%j', (value, expected) => {
    expect(places(value)).toEqual(expected);
  });

  test('picked files come last, once', () => {
    expect(places('/a', ['/p', '/a', '/p'])).toEqual(['environment /a', 'picked /p']);
  });
});
