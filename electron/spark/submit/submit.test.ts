import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../shared/failure.ts';
import type { ApiAnswer, ApiRequest, Cluster } from '../../clusters/cluster.ts';
import { createSubmissions } from './index.ts';

/** A cluster that remembers what it was asked and answers 201 unless `answer` says otherwise. */
function clusterThat(answer: (request: ApiRequest) => ApiAnswer | undefined = () => undefined) {
  const requests: ApiRequest[] = [];
  const cluster: Cluster = {
    context: 'test',
    namespace: null,
    server: 'https://test',
    async request(request) {
      request.signal?.throwIfAborted();
      requests.push(request);
      return answer(request) ?? { status: 201, headers: {}, body: {}, warnings: [] };
    },
    stream: () => Promise.reject(new Error('nobody streams here')),
    websocket: () => Promise.reject(new Error('nobody talks here')),
  };
  return { requests, submissions: createSubmissions({ clusterOf: () => cluster }) };
}

const application = (name: string) => `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: ${name}
spec: {suspend: yes}
`;
const settings = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: other}
`;
const input = (...documents: string[]) => ({ context: 'test', namespace: 'analytics', text: documents.join('---\n') });
const refuse = (failure: ConstructorParameters<typeof FailureError>[0]): never => {
  throw new FailureError(failure);
};

describe('submissions', () => {
  it('asks for a strict dry run of every document before it creates any, in their order', async () => {
    const { requests, submissions } = clusterThat();
    const result = await submissions.submit(input(settings, application('pi')));
    expect(result).toEqual({
      result: 'accepted',
      warnings: [],
      objects: [
        { operator: null, kind: 'ConfigMap', namespace: 'other', name: 'settings' },
        { operator: 'kubeflow', kind: 'SparkApplication', namespace: 'analytics', name: 'pi' },
      ],
    });
    expect(requests.map((request) => [request.method, request.path, request.query?.dryRun ?? null])).toEqual([
      ['PATCH', '/api/v1/namespaces/other/configmaps/settings', 'All'],
      ['PATCH', '/apis/sparkoperator.k8s.io/v1beta2/namespaces/analytics/sparkapplications/pi', 'All'],
      ['PATCH', '/api/v1/namespaces/other/configmaps/settings', null],
      ['PATCH', '/apis/sparkoperator.k8s.io/v1beta2/namespaces/analytics/sparkapplications/pi', null],
    ]);
    for (const request of requests) {
      expect(request.query).toMatchObject({ fieldManager: 'emberdeck', fieldValidation: 'Strict' });
      expect(request.contentType).toBe('application/apply-patch+yaml');
    }
    expect(JSON.parse(String(requests[3]?.body))).toEqual({
      apiVersion: 'sparkoperator.k8s.io/v1beta2',
      kind: 'SparkApplication',
      metadata: { name: 'pi', namespace: 'analytics', resourceVersion: '1' },
      spec: { suspend: true },
    });
  });

  it('only asks when it checks', async () => {
    const { requests, submissions } = clusterThat();
    expect(await submissions.check(input(application('pi')))).toMatchObject({ result: 'accepted' });
    expect(requests.map((request) => request.query?.dryRun)).toEqual(['All']);
  });

  it('creates nothing when one of two documents is refused', async () => {
    const { requests, submissions } = clusterThat((request) =>
      request.path.endsWith('/bad')
        ? refuse({ code: 'invalid', message: 'no', causes: [{ field: 'spec.type', message: 'Required value' }] })
        : undefined,
    );
    const result = await submissions.submit(input(application('good'), application('bad')));
    expect(result).toMatchObject({ result: 'refused', created: [], problems: [{ document: 1, line: 11, field: 'spec.type' }] });
    expect(requests.every((request) => request.query?.dryRun === 'All')).toBe(true);
  });

  it('says what was created when a later document is refused in earnest', async () => {
    const { submissions } = clusterThat((request) =>
      request.path.endsWith('/two') && request.query?.dryRun === undefined
        ? refuse({ code: 'conflict', kind: 'sparkapplications', name: 'two', message: 'the object has been modified' })
        : undefined,
    );
    expect(await submissions.submit(input(application('one'), application('two'), application('three')))).toMatchObject({
      result: 'refused',
      created: [{ name: 'one' }],
      problems: [{ document: 1, line: 10, failure: { code: 'name-taken', name: 'two' } }],
    });
  });

  it('tells of a lost connection as such, and beside what was created already', async () => {
    const lost = { code: 'unreachable', server: 'https://test', reason: 'ECONNRESET' } as const;
    const never = clusterThat(() => refuse(lost));
    await expect(never.submissions.submit(input(application('one')))).rejects.toMatchObject({ failure: lost });
    const midway = clusterThat((request) =>
      request.path.endsWith('/two') && request.query?.dryRun === undefined ? refuse(lost) : undefined,
    );
    expect(await midway.submissions.submit(input(application('one'), application('two')))).toMatchObject({
      result: 'refused',
      created: [{ name: 'one' }],
      problems: [{ failure: lost }],
    });
  });

  it('passes the server’s warnings on, each once', async () => {
    const { submissions } = clusterThat(() => ({ status: 201, headers: {}, body: {}, warnings: ['deprecated'] }));
    expect(await submissions.submit(input(application('pi')))).toMatchObject({ warnings: ['deprecated'] });
  });

  it('creates nothing once it was called off', async () => {
    const abort = new AbortController();
    const { requests, submissions } = clusterThat(() => {
      abort.abort();
      return undefined;
    });
    await expect(submissions.submit(input(application('pi')), abort.signal)).rejects.toThrow();
    expect(requests.map((request) => request.query?.dryRun)).toEqual(['All']);
  });

  it.each([
    ['', 'empty', 1],
    ['# only a comment\n---\n', 'empty', 1],
    ['kind: [', 'yaml', 1],
    ['apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n', 'wrong-kind', 2],
    ['apiVersion: v1beta2\nkind: SparkApplication\nmetadata: {name: x}\n', 'wrong-kind', 2],
    ['metadata: {name: x}\n', 'wrong-kind', 1],
    [`${settings}---\nkind: Node\napiVersion: v1\nmetadata: {name: n}\n`, 'wrong-kind', 5],
    [application('../../secrets'), 'invalid', 4],
    [application('Pi'), 'invalid', 4],
    [application(''), 'invalid', 4],
    [settings.replace('other', 'a/b'), 'invalid', 3],
    [`${application('pi')}---\n${application('pi')}`, 'name-taken', 10],
    [`a: ${'x'.repeat(2_000_000)}`, 'too-large', 1],
  ])('refuses bad text %# without asking the server', async (text, code, line) => {
    const { requests, submissions } = clusterThat();
    const result = await submissions.submit({ context: 'test', namespace: 'analytics', text });
    expect(result).toMatchObject({ result: 'refused', created: [], problems: [{ line, failure: { code } }] });
    expect(requests).toEqual([]);
  });
});
