import { describe, expect, it } from 'vitest';
import type { FollowedApplication } from '../spark/applications/index.ts';
import type { ApiObject } from '../watch/index.ts';
import { type UiPlace, uiPlace } from './spark-ui-step.ts';

const meta = (name: string, more: object = {}) => ({
  uid: `uid-${name}`,
  name,
  namespace: 'default',
  resourceVersion: '1',
  creationTimestamp: '2026-11-21T10:00:00Z',
  ...more,
});

function application(state: string, sparkConf: Record<string, string> = {}): ApiObject {
  return {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: meta('pi'),
    spec: { sparkConf },
    status: { applicationState: { state }, terminationTime: '2026-11-21T10:05:00Z' },
  };
}

function driver(status: object, name = 'pi-driver', created = '2026-11-21T10:00:00Z'): ApiObject {
  const labels = { 'spark-role': 'driver', 'sparkoperator.k8s.io/app-name': 'pi' };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...meta(name, { labels }), creationTimestamp: created }, status };
}

const withContainer = (phase: string, state: object) => ({
  phase,
  containerStatuses: [{ name: 'spark-kubernetes-driver', state }],
});
const running = withContainer('Running', { running: { startedAt: '2026-11-21T10:00:05Z' } });
const ended = withContainer('Failed', { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-11-21T10:04:00Z' } });
const pulling = withContainer('Pending', { waiting: { reason: 'ErrImageNeverPull', message: 'image not present' } });

function followed(
  object: ApiObject | null,
  pods: ApiObject[] = [],
  more: Partial<FollowedApplication> = {},
): FollowedApplication {
  return {
    object,
    exists: object !== null,
    pods: new Map(pods.map((pod) => [pod.metadata.uid, pod])),
    listed: true,
    freshness: { state: 'live' },
    ...more,
  };
}

describe('uiPlace', () => {
  it.each<[string, FollowedApplication, UiPlace]>([
    ['not listed yet', followed(null, [], { listed: false }), { place: 'unknown' }],
    ['never there', followed(null), { place: 'over', reason: 'application-deleted', at: null, exitCode: null }],
    [
      'deleted while we looked',
      followed(application('RUNNING'), [driver(running)], { exists: false }),
      { place: 'over', reason: 'application-deleted', at: null, exitCode: null },
    ],
    [
      'switched off in the spec',
      followed(application('RUNNING', { 'spark.ui.enabled': 'false' }), [driver(running)]),
      { place: 'over', reason: 'ui-disabled', at: null, exitCode: null },
    ],
    ['new, without a driver', followed(application('')), { place: 'awaited', for: 'driver', why: null }],
    [
      'the driver runs before the operator says SUBMITTED',
      followed(application(''), [driver(running)]),
      { place: 'at', pod: 'pi-driver', uid: 'uid-pi-driver', port: 4040 },
    ],
    [
      'on another port',
      followed(application('RUNNING', { 'spark.ui.port': '4140' }), [driver(running)]),
      { place: 'at', pod: 'pi-driver', uid: 'uid-pi-driver', port: 4140 },
    ],
    [
      'the driver has ended and is not run again',
      followed(application('FAILED'), [driver(ended)]),
      { place: 'over', reason: 'driver-ended', at: Date.parse('2026-11-21T10:04:00Z'), exitCode: 1 },
    ],
    [
      'the driver has ended and the operator will run it again',
      followed(application('PENDING_RERUN'), [driver(ended)]),
      { place: 'awaited', for: 'driver', why: null },
    ],
    [
      'the second attempt counts',
      followed(application('RUNNING'), [driver(ended), driver(running, 'pi-driver-2', '2026-11-21T10:10:00Z')]),
      { place: 'at', pod: 'pi-driver-2', uid: 'uid-pi-driver-2', port: 4040 },
    ],
    [
      'over, and the driver is gone',
      followed(application('COMPLETED')),
      { place: 'over', reason: 'driver-ended', at: Date.parse('2026-11-21T10:05:00Z'), exitCode: null },
    ],
  ])('%s', (_name, state, place) => expect(uiPlace('kubeflow', state)).toEqual(place));

  it('says why the container does not start', () => {
    const place = uiPlace('kubeflow', followed(application('SUBMITTED'), [driver(pulling)]));
    expect(place).toMatchObject({ place: 'awaited', for: 'container', why: expect.stringContaining('ErrImageNeverPull') });
  });
});
