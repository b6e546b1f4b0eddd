import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describe as wordsFor } from './describe.ts';
import { type Failure, failureSchema } from './failure.ts';

const samples: { [Code in Failure['code']]: Extract<Failure, { code: Code }> } = {
  'kubeconfig-missing': { code: 'kubeconfig-missing', path: '/home/ada/.kube/config' },
  'kubeconfig-invalid': { code: 'kubeconfig-invalid', path: '/k', line: 3, column: 7, message: 'contexts must be a list' },
  'context-unknown': { code: 'context-unknown', context: 'prod' },
  'context-incomplete': { code: 'context-incomplete', context: 'prod', missing: 'user "ada"' },
  'credential-file': { code: 'credential-file', path: '/k/ada.crt', message: 'the file does not exist' },
  'certificate-expired': { code: 'certificate-expired', user: 'ada', expiredAt: 1_709_210_096_000 },
  'plugin-absent': { code: 'plugin-absent', binary: 'aws', installHint: null },
  'plugin-failed': { code: 'plugin-failed', binary: 'aws', exitCode: null, lastLine: '' },
  'plugin-hung': { code: 'plugin-hung', binary: 'aws', seconds: 30, lastLine: 'Opening browser' },
  'plugin-rubbish': { code: 'plugin-rubbish', binary: 'aws', lastLine: '', message: 'it did not print JSON' },
  unreachable: { code: 'unreachable', server: 'https://10.0.0.1:6443', reason: 'nothing listens there' },
  'no-answer': { code: 'no-answer', server: 'https://10.0.0.1:6443', seconds: 10 },
  untrusted: { code: 'untrusted', server: 'https://10.0.0.1:6443', reason: 'its certificate has expired' },
  unauthorised: { code: 'unauthorised', server: 'https://10.0.0.1:6443', message: 'Unauthorized' },
  forbidden: {
    code: 'forbidden',
    verb: 'create',
    resource: 'sparkapplications',
    group: 'sparkoperator.k8s.io',
    namespace: 'analytics',
    user: 'ada',
    message: '',
  },
  'kind-absent': { code: 'kind-absent', group: 'sparkoperator.k8s.io', kind: 'sparkapplications' },
  'not-found': { code: 'not-found', kind: 'pods', namespace: 'analytics', name: 'orders' },
  'name-taken': { code: 'name-taken', kind: 'SparkApplication', namespace: null, name: 'orders' },
  conflict: { code: 'conflict', kind: 'sparkapplications', name: 'orders', message: 'the object has been modified' },
  invalid: { code: 'invalid', message: 'no', causes: [{ field: 'spec.type', message: 'Unsupported value' }] },
  'too-many-requests': { code: 'too-many-requests', retryAfterSeconds: null },
  'server-error': { code: 'server-error', status: 503, message: '' },
  yaml: { code: 'yaml', line: 1, column: 2, message: 'bad indentation' },
  'wrong-kind': { code: 'wrong-kind', found: 'Deployment', line: 2 },
  empty: { code: 'empty' },
  'too-large': { code: 'too-large', bytes: 4_000_041, limit: 3_145_728 },
  'backend-lost': { code: 'backend-lost' },
  'demo-ended': { code: 'demo-ended', message: 'its thread ended with code 1' },
  storage: { code: 'storage', path: '/home/ada/drafts', message: 'the disk is full' },
  internal: { code: 'internal', message: 'x' },
};

describe('every failure', () => {
  test.each(Object.values(samples))('$code has words', (failure) => {
    const { title, detail, advice, command } = wordsFor(failureSchema.parse(failure));
    const all = [title, detail, advice, command].filter((text) => text !== null);
    expect(title).toMatch(/^\S.*\.$/s);
    for (const text of all) {
      expect(text).not.toMatch(/undefined|null|\[object|NaN|\.\.$/);
      expect(text.trim()).not.toBe('');
    }
    expect(title).not.toMatch(/oops|error:/i);
  });

  test('the samples cover the union', () => {
    expect(Object.keys(samples).sort()).toEqual(failureSchema.options.map(({ shape }) => shape.code.value).sort());
  });
});

describe('words', () => {
  test('a silent server is named with the time waited', () => {
    expect(wordsFor(samples['no-answer'])).toEqual({
      title: 'The API server at 10.0.0.1:6443 did not answer for 10 s.',
      detail: null,
      advice: 'It may be asleep, or the VPN is down.',
      command: null,
    });
  });

  test('a broken kubeconfig is named with its line', () => {
    expect(wordsFor(samples['kubeconfig-invalid']).title).toBe(
      '/k, line 3, column 7, is no kubeconfig that can be read: contexts must be a list.',
    );
  });

  test('a failed plugin is named with exit code and last line', () => {
    const { title, detail } = wordsFor({ code: 'plugin-failed', binary: 'aws', exitCode: 254, lastLine: 'Token has expired' });
    expect(title).toBe('The login plugin aws failed with exit code 254.');
    expect(detail).toBe('Token has expired');
  });

  test('an expired certificate is named with its day', () => {
    expect(wordsFor(samples['certificate-expired']).title).toBe('The client certificate of ada expired on 2024-02-29.');
  });

  test('days agree with the calendar', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
        const { title } = wordsFor({ code: 'certificate-expired', user: 'ada', expiredAt: date.getTime() });
        expect(title).toContain(date.toISOString().slice(0, 10));
      }),
    );
  });
});

describe('the line that grants what was forbidden', () => {
  test('in a namespace: role and binding', () => {
    expect(wordsFor(samples.forbidden).command).toBe(
      [
        'kubectl create role emberdeck-create-sparkapplications --namespace=analytics --verb=create,patch --resource=sparkapplications.sparkoperator.k8s.io',
        'kubectl create rolebinding emberdeck-create-sparkapplications --namespace=analytics --role=emberdeck-create-sparkapplications --user=ada',
      ].join('\n'),
    );
  });

  test('everywhere: cluster role; a subresource stands after the group; reading comes as a whole', () => {
    const { command } = wordsFor({
      ...samples.forbidden,
      namespace: null,
      verb: 'list',
      resource: 'deployments/scale',
      group: 'apps',
    });
    expect(command).toContain(
      'create clusterrole emberdeck-list-deployments-scale --verb=get,list,watch --resource=deployments.apps/scale',
    );
    expect(command).toContain('create clusterrolebinding');
  });

  test('a service account is bound as one', () => {
    const { command } = wordsFor({ ...samples.forbidden, user: 'system:serviceaccount:analytics:spark' });
    expect(command).toContain('--serviceaccount=analytics:spark');
  });

  test.each(['ada; rm -rf ~', '$(id)', "a'b", '-x', 'ada\nid', ''])('a user named %j never reaches a command', (user) => {
    expect(wordsFor({ ...samples.forbidden, user }).command).toBeNull();
  });

  test('without a known user there is no command', () => {
    const { command, title } = wordsFor({ ...samples.forbidden, user: null });
    expect(command).toBeNull();
    expect(title).toBe('This user may not create sparkapplications.sparkoperator.k8s.io in analytics.');
  });
});
