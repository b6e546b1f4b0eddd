import { expect, it } from 'vitest';
import type { ApiObject, Resource } from '../watch/index.ts';
import { project } from './project.ts';

const pods: Resource = { group: '', version: 'v1', plural: 'pods', namespace: null };
const metadata = { uid: 'u', name: 'driver', resourceVersion: '1', creationTimestamp: '2026-11-21T10:00:00Z' };

it('keeps of a pod what the product reads', () => {
  const pod: ApiObject = {
    metadata,
    spec: { nodeName: 'node-1', volumes: [{}], containers: [{ name: 'main', image: 'spark', env: [{ name: 'SECRET' }] }] },
    status: { phase: 'Running' },
  };
  expect(project(pods, pod)).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: { nodeName: 'node-1', containers: [{ name: 'main', image: 'spark' }] },
    status: { phase: 'Running' },
  });
});

it('reads pods of any shape', () => {
  for (const spec of [undefined, null, 'text', { containers: null }, { containers: [null, 1, {}] }]) {
    expect(project(pods, { metadata, spec })).toMatchObject({ metadata });
  }
});

it('keeps everything of other objects', () => {
  const application: ApiObject = { metadata, spec: { sparkConf: { a: 'b' } } };
  expect(project({ ...pods, group: 'sparkoperator.k8s.io', plural: 'sparkapplications' }, application)).toBe(application);
});
