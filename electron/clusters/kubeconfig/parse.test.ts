import { describe, expect, test } from 'vitest';
import { parseKubeconfig } from './parse.ts';

const PATH = '/home/ada/.kube/config';

function read(text: string) {
  const parsed = parseKubeconfig(PATH, text);
  if ('code' in parsed) throw new Error(JSON.stringify(parsed));
  return parsed;
}

describe('what a file says', () => {
  test('clusters, users and contexts, with paths resolved against the folder of the file', () => {
    const parsed = read(`
clusters:
- name: one
  cluster: { server: "https://10.0.0.1:6443", certificate-authority: pki/ca.crt, insecure-skip-tls-verify: true }
users:
- name: ada
  user:
    client-certificate: ../ada.crt
    client-key: /etc/ada.key
    tokenFile: token
    exec: { apiVersion: client.authentication.k8s.io/v1, command: ./bin/login, args: ["a b", "$(x)"], env: [{ name: A, value: "1" }] }
- name: bob
  user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: aws } }
contexts:
- name: prod
  context: { cluster: one, user: ada, namespace: analytics }
current-context: prod
`);
    expect(parsed.clusters[0]).toMatchObject({ certificateAuthority: '/home/ada/.kube/pki/ca.crt', insecureSkipTlsVerify: true });
    expect(parsed.users[0]).toMatchObject({
      clientCertificate: '/home/ada/ada.crt',
      clientKey: '/etc/ada.key',
      tokenFile: '/home/ada/.kube/token',
      exec: { command: '/home/ada/.kube/bin/login', args: ['a b', '$(x)'], env: [{ name: 'A', value: '1' }] },
    });
    expect(parsed.users[1]?.exec?.command).toBe('aws');
    expect(parsed.contexts).toEqual([{ name: 'prod', cluster: 'one', user: 'ada', namespace: 'analytics' }]);
    expect(parsed.currentContext).toBe('prod');
  });

  test('JSON is YAML, anchors are followed, an empty file says nothing', () => {
    expect(read('{"contexts":[{"name":"a","context":{"cluster":"c","user":"u"}}]}').contexts).toHaveLength(1);
    expect(
      read('contexts:\n- name: a\n  context: &it { cluster: c, user: u }\n- name: b\n  context: *it').contexts[1]?.user,
    ).toBe('u');
    expect(read('').contexts).toEqual([]);
    expect(read('contexts: null').contexts).toEqual([]);
  });

  test('a token of digits keeps every digit', () => {
    expect(read('users:\n- name: a\n  user: { token: 00012345678901234567890 }').users[0]?.token).toBe('00012345678901234567890');
  });
});

describe('a broken file', () => {
  test.each([
    ['syntax', 'contexts:\n- name: a\n  context: {cluster: b\nusers: []', 4, /not valid YAML/],
    ['tab', 'contexts:\n\t- name: a', 2, /not valid YAML/],
    ['not a mapping', '- a\n- b', 1, /kubeconfig must be a mapping/],
    ['contexts is no list', 'users: []\ncontexts:\n  prod: {}', 3, /contexts must be a list/],
    ['entry is no mapping', 'contexts:\n- name: a\n- prod', 3, /must be a mapping/],
    ['entry without a name', 'contexts:\n- context: {}', 2, /has no name/],
    ['name twice', 'users:\n- name: a\n- name: a', 3, /"a" twice/],
    ['text expected', 'clusters:\n- name: a\n  cluster:\n    server: [1]', 4, /server must be a text/],
    ['flag expected', 'clusters:\n- name: a\n  cluster:\n    insecure-skip-tls-verify: maybe', 4, /true or false/],
    ['exec without command', 'users:\n- name: a\n  user:\n    exec: { args: [] }', 4, /no command/],
  ])('%s is named with its line', (_what, text, line, message) => {
    expect(parseKubeconfig(PATH, text)).toEqual({
      code: 'kubeconfig-invalid',
      path: PATH,
      line,
      column: expect.any(Number),
      message: expect.stringMatching(message),
    });
  });

  test('an alias to nowhere and one that grows without end are refused', () => {
    expect(parseKubeconfig(PATH, 'contexts: *none')).toMatchObject({ code: 'kubeconfig-invalid' });
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`)
      .join(
        '\n',
      )}\nclusters:\n- name: c\n  cluster: { extensions: [{ name: client.authentication.k8s.io/exec, extension: *j }] }`;
    expect(parseKubeconfig(PATH, bomb)).toMatchObject({ code: 'kubeconfig-invalid' });
  });

  test.each([
    ['brackets', '['.repeat(50_000)],
    ['maps', '{a: '.repeat(50_000)],
    ['lists', '- '.repeat(50_000)],
    ['explicit keys', '? '.repeat(50_000)],
    ['indentation', Array.from({ length: 3_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['aliases', `a: &a x\nclusters:\n${'- *a\n'.repeat(5_000)}`],
  ])('%s without end are refused at once', (_what, text) => {
    expect(parseKubeconfig(PATH, text)).toMatchObject({ code: 'kubeconfig-invalid' });
  });

  test.each([
    'users:\n- name: a\n  user: { token: CANARY ]',
    'users:\n- name: a\n  user: CANARY',
    'users: CANARY',
    '"CANARY',
    'CANARY: [',
    'users:\n- name: a\n  user: { token: [CANARY] }',
  ])('no message repeats what stands in %j', (text) => {
    const failure = parseKubeconfig(PATH, text);
    expect(failure).toHaveProperty('code', 'kubeconfig-invalid');
    expect(JSON.stringify(failure)).not.toContain('CANARY');
  });
});
