import { describe, expect, test } from 'vitest';
import { FailureError, failureOf } from '../../shared/failure.ts';
import { readEvent, readPage } from './answers.ts';
import { cacheKey, collectionPath } from './location.ts';
import type { Resource } from './resource.ts';

const pods: Resource = { group: '', version: 'v1', plural: 'pods', namespace: 'default' };
const metadata = { uid: 'u', name: 'n', resourceVersion: '7', creationTimestamp: '2026-01-01T00:00:00Z' };

function thrown(run: () => unknown) {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(FailureError);
    return failureOf(error);
  }
  return null;
}

describe('a page', () => {
  test('gives its items the kind they leave out, and takes managedFields off them', () => {
    const items = [{ metadata: { ...metadata, managedFields: [{}] }, spec: {} }];
    const page = readPage({
      kind: 'SparkApplicationList',
      apiVersion: 'sparkoperator.k8s.io/v1beta2',
      metadata: { resourceVersion: '9' },
      items,
    });
    expect(page).toEqual({
      version: '9',
      continueToken: null,
      items: [{ kind: 'SparkApplication', apiVersion: 'sparkoperator.k8s.io/v1beta2', metadata, spec: {} }],
    });
  });

  test('may hold null for no items, and an empty text for no token', () => {
    expect(readPage({ metadata: { resourceVersion: '9', continue: '' }, items: null })).toEqual({
      version: '9',
      continueToken: null,
      items: [],
    });
  });

  test.each([
    [null],
    ['<html>'],
    [{ items: [] }],
    [{ metadata: { resourceVersion: '9' } }],
    [{ metadata: { resourceVersion: '9' }, items: [{}] }],
  ])('is refused when it is %j', (body) => {
    expect(thrown(() => readPage(body))).toMatchObject({ code: 'server-error', status: 200 });
  });
});

describe('an event', () => {
  const read = (event: unknown) => readEvent(JSON.stringify(event), 'https://server:6443', pods);
  const status = (code: number, more = {}) => ({ type: 'ERROR', object: { kind: 'Status', code, message: 'words', ...more } });

  test.each([
    [
      { type: 'ADDED', object: { metadata } },
      { type: 'changed', object: { metadata } },
    ],
    [
      { type: 'MODIFIED', object: { metadata: { ...metadata, managedFields: [] } } },
      { type: 'changed', object: { metadata } },
    ],
    [
      { type: 'DELETED', object: { metadata } },
      { type: 'deleted', object: { metadata } },
    ],
    [
      { type: 'BOOKMARK', object: { metadata: { resourceVersion: '8' } } },
      { type: 'bookmark', version: '8' },
    ],
    [status(410), { type: 'error', failure: { code: 'server-error', status: 410, message: 'words' } }],
    [status(500), { type: 'error', failure: { code: 'server-error', status: 500, message: 'words' } }],
    [status(401), { type: 'error', failure: { code: 'unauthorised', server: 'https://server:6443', message: 'words' } }],
    [
      status(429, { details: { retryAfterSeconds: 3 } }),
      { type: 'error', failure: { code: 'too-many-requests', retryAfterSeconds: 3 } },
    ],
  ])('%j is read', (event, expected) => {
    expect(read(event)).toEqual(expected);
  });

  test('a 403 names what was refused', () => {
    expect(read(status(403))).toMatchObject({
      failure: { code: 'forbidden', verb: 'watch', resource: 'pods', namespace: 'default' },
    });
  });

  test.each([
    ['<html>'],
    ['{}'],
    ['null'],
    ['{"type":"ADDED","object":{"data":{"password":"hunter2"}}}'],
    ['{"type":"BOOKMARK"}'],
  ])('%s is none, and is not quoted', (line) => {
    const failure = thrown(() => readEvent(line, 's', pods));
    expect(failure).toMatchObject({ code: 'server-error', status: 200 });
    expect(JSON.stringify(failure)).not.toContain('hunter2');
  });
});

test.each([
  [pods, '/api/v1/namespaces/default/pods'],
  [{ ...pods, namespace: null }, '/api/v1/pods'],
  [{ ...pods, namespace: '../x' }, '/api/v1/namespaces/..%2Fx/pods'],
  [
    { group: 'sparkoperator.k8s.io', version: 'v1beta2', plural: 'sparkapplications', namespace: null },
    '/apis/sparkoperator.k8s.io/v1beta2/sparkapplications',
  ],
])('the path of %j is %s', (resource, path) => {
  expect(collectionPath(resource)).toBe(path);
});

test('a cache key tells selectors and namespaces apart', () => {
  const keys = [
    cacheKey('a', pods),
    cacheKey('b', pods),
    cacheKey('a', { ...pods, namespace: null }),
    cacheKey('a', { ...pods, labelSelector: 'x' }),
    cacheKey('a', { ...pods, fieldSelector: 'x' }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(cacheKey('a', { ...pods })).toBe(keys[0]);
});
