import { describe, expect, test } from 'vitest';
import { apiTarget } from './api-path.ts';
import { statusFailure } from './status-failure.ts';

const server = 'https://10.0.0.1:6443';
const SPARK = '/apis/sparkoperator.k8s.io/v1beta2/namespaces/analytics/sparkapplications';

function refused(status: number, body: unknown, request: { method?: string; path?: string; retryAfter?: string } = {}) {
  const { method = 'GET', path = SPARK, retryAfter } = request;
  return statusFailure({ status, body, retryAfter, server, sentBytes: 4_000_000, target: apiTarget(method, path) });
}
const says = (code: number, reason: string, message: string, details: object = {}) => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  code,
  reason,
  message,
  details,
});

describe('what a path is about', () => {
  test.each([
    ['GET', '/api/v1/namespaces', { verb: 'list', group: '', resource: 'namespaces', namespace: null, name: null }],
    ['GET', '/api/v1/namespaces/a', { verb: 'get', group: '', resource: 'namespaces', namespace: null, name: 'a' }],
    ['GET', '/api/v1/pods', { verb: 'list', group: '', resource: 'pods', namespace: null, name: null }],
    ['GET', '/api/v1/namespaces/a/pods/b/log', { verb: 'get', group: '', resource: 'pods/log', namespace: 'a', name: 'b' }],
    [
      'POST',
      SPARK,
      { verb: 'create', group: 'sparkoperator.k8s.io', resource: 'sparkapplications', namespace: 'analytics', name: null },
    ],
    [
      'PATCH',
      `${SPARK}/x%2Dy`,
      { verb: 'patch', group: 'sparkoperator.k8s.io', resource: 'sparkapplications', namespace: 'analytics', name: 'x-y' },
    ],
    [
      'DELETE',
      '/api/v1/namespaces/a/pods',
      { verb: 'deletecollection', group: '', resource: 'pods', namespace: 'a', name: null },
    ],
    ['GET', '/version', { verb: 'get', group: '', resource: '/version', namespace: null, name: null }],
  ])('%s %s', (method, path, target) => {
    expect(apiTarget(method, path)).toEqual(target);
  });
});

describe('refusals', () => {
  test('401', () => {
    expect(refused(401, says(401, 'Unauthorized', 'Unauthorized'))).toEqual({
      code: 'unauthorised',
      server,
      message: 'Unauthorized',
    });
  });

  test.each([
    [
      'sparkapplications.sparkoperator.k8s.io is forbidden: User "viewer" cannot create resource "sparkapplications" in API group "sparkoperator.k8s.io" in the namespace "analytics"',
      { verb: 'create', resource: 'sparkapplications', group: 'sparkoperator.k8s.io', namespace: 'analytics', user: 'viewer' },
    ],
    [
      'pods is forbidden: User "system:serviceaccount:a:b" cannot list resource "pods" in API group "" at the cluster scope: requires one of ["container.pods.list"] permission(s).',
      { verb: 'list', resource: 'pods', group: '', namespace: null, user: 'system:serviceaccount:a:b' },
    ],
    [
      'forbidden: User "x" cannot get path "/openapi/v3"',
      { verb: 'get', resource: '/openapi/v3', group: '', namespace: null, user: 'x' },
    ],
    ['no', { verb: 'list', resource: 'sparkapplications', group: 'sparkoperator.k8s.io', namespace: 'analytics', user: null }],
  ])('403 %s', (message, expected) => {
    expect(refused(403, says(403, 'Forbidden', message))).toEqual({ code: 'forbidden', message, ...expected });
  });

  test.each([
    'pods "x" is forbidden: exceeded quota: q, requested: cpu=1, used: cpu=2, limited: cpu=2',
    'admission webhook "v.example.com" denied the request: no',
    'sparkapplications "x" is forbidden: unable to create new content in namespace analytics because it is being terminated',
  ])('403 that no role would help: %s', (message) => {
    expect(refused(403, says(403, 'Forbidden', message))).toEqual({ code: 'invalid', message, causes: [] });
  });

  test.each([says(404, 'NotFound', 'the server could not find the requested resource'), '404 page not found\n'])(
    '404 of the kind: %j',
    (body) => {
      expect(refused(404, body)).toEqual({ code: 'kind-absent', group: 'sparkoperator.k8s.io', kind: 'sparkapplications' });
    },
  );

  test('404 of the object', () => {
    const body = says(404, 'NotFound', 'pods "x" not found', { name: 'x', kind: 'pods' });
    expect(refused(404, body, { path: '/api/v1/namespaces/a/pods/x' })).toEqual({
      code: 'not-found',
      kind: 'pods',
      namespace: 'a',
      name: 'x',
    });
  });

  test('409 tells a taken name from a lost race', () => {
    const details = { name: 'x', kind: 'sparkapplications', group: 'sparkoperator.k8s.io' };
    expect(refused(409, says(409, 'AlreadyExists', 'it exists', details), { method: 'POST' })).toEqual({
      code: 'name-taken',
      kind: 'sparkapplications',
      namespace: 'analytics',
      name: 'x',
    });
    expect(refused(409, says(409, 'Conflict', 'it was modified', details))).toMatchObject({ code: 'conflict', name: 'x' });
  });

  test('422 keeps the fields', () => {
    const causes = [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.type' }];
    expect(refused(422, says(422, 'Invalid', 'is invalid', { causes }))).toEqual({
      code: 'invalid',
      message: 'is invalid',
      causes: [{ field: 'spec.type', message: 'Required value' }],
    });
  });

  test.each([
    [
      400,
      'X in version "v1" cannot be handled as a X: strict decoding error: unknown field "metadata.foo", duplicate field "spec.a"',
      [
        { field: 'metadata.foo', message: 'unknown field' },
        { field: 'spec.a', message: 'duplicate field' },
      ],
    ],
    [
      500,
      'failed to create typed patch object (/a; sparkoperator.k8s.io/v1beta2, Kind=SparkApplication): errors:\n  .spec.driver.cores: expected numeric (int or float), got string\n  .spec.foo: field not declared in schema',
      [
        { field: 'spec.driver.cores', message: 'expected numeric (int or float), got string' },
        { field: 'spec.foo', message: 'field not declared in schema' },
      ],
    ],
  ])('%i that only the sentence explains', (status, message, causes) => {
    expect(refused(status, says(status, '', message))).toEqual({ code: 'invalid', message, causes });
  });

  test('413, 429, 5xx and what is no Status', () => {
    expect(refused(413, says(413, '', 'Request entity too large: limit is 3145728'))).toEqual({
      code: 'too-large',
      bytes: 4_000_000,
      limit: 3_145_728,
    });
    expect(refused(429, says(429, 'TooManyRequests', ''), { retryAfter: '7' })).toEqual({
      code: 'too-many-requests',
      retryAfterSeconds: 7,
    });
    expect(refused(429, 'slow down')).toEqual({ code: 'too-many-requests', retryAfterSeconds: null });
    expect(refused(503, '<html>nginx</html>')).toEqual({ code: 'server-error', status: 503, message: '' });
    expect(refused(400, 'Client sent an HTTP request to an HTTPS server.\n')).toEqual({
      code: 'server-error',
      status: 400,
      message: 'Client sent an HTTP request to an HTTPS server.',
    });
    expect(refused(410, says(410, 'Expired', 'too old'))).toEqual({ code: 'server-error', status: 410, message: 'too old' });
  });
});
