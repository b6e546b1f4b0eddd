import { expect, it } from 'vitest';
import type { ApplicationView } from '../../../shared/contract/applications.ts';
import type { ApiObject, Change } from '../../watch/index.ts';
import { type FollowedApplication, followApplication } from './follow.ts';
import { observeApplication } from './observe.ts';
import { anApplication, anObject, aPod, scriptedCaches } from './testing.ts';

const objects = 'sparkoperator.k8s.io/sparkapplicationsmetadata.name=pi';
const pods = '/pods';
const events = '/events';
const reference = { context: 'test', operator: 'kubeflow', namespace: 'default', name: 'pi' } as const;

function anEvent(name: string, about: { kind: string; name: string }, count = 1): ApiObject {
  return anObject('Event', 'v1', name, {
    involvedObject: { ...about, uid: `uid-${about.name}` },
    reason: 'Pulling',
    type: 'Normal',
    message: 'Pulling image',
    count,
    firstTimestamp: '2026-11-21T10:00:01Z',
    lastTimestamp: '2026-11-21T10:00:01Z',
  });
}

function follow() {
  const script = scriptedCaches();
  const told: FollowedApplication[] = [];
  const observed: Change[] = [];
  const end = followApplication(script.caches, reference, {
    onChange: (application) => told.push(application),
    onObservation: (change) => observed.push(change),
  });
  for (const name of [pods, events]) script.list(name, []);
  return { ...script, end, told, observed };
}

function observed(changes: readonly Change[], kind: string): Change[] {
  return changes.filter(({ object }) => object.kind === kind);
}

it('holds of events about pods that are not there yet the newest change only, and drops them with the server', () => {
  const { change, list, observed: all } = follow();
  list(objects, [anApplication('pi', 'SUBMITTED')]);
  const about = { kind: 'Pod', name: 'pi-driver' };
  for (let count = 1; count <= 50; count += 1)
    change(events, count === 1 ? 'added' : 'modified', anEvent('pulling', about, count));
  change(events, 'added', anEvent('expired', about));
  change(events, 'deleted', anEvent('expired', about));
  change(pods, 'added', aPod('pi-driver', 'driver', 'pi'));
  expect(observed(all, 'Event').map(({ object }) => [object.metadata.name, object.count])).toEqual([['pulling', 50]]);
});

it('waits with pods for an application that is not there yet, and forgets those that go before it comes', () => {
  const { change, list, observed: all, told } = follow();
  change(pods, 'added', aPod('pi-driver', 'driver', 'pi'));
  change(pods, 'added', aPod('pi-exec-1', 'executor', 'pi'));
  change(pods, 'deleted', aPod('pi-exec-1', 'executor', 'pi'));
  expect(observed(all, 'Pod')).toEqual([]);
  list(objects, [anApplication('pi', 'SUBMITTED')]);
  expect(new Set(observed(all, 'Pod').map(({ object }) => object.metadata.name))).toEqual(new Set(['pi-driver']));
  expect([...(told.at(-1)?.pods.keys() ?? [])]).toEqual(['uid-pi-driver']);
});

it('says nothing for events of others', () => {
  const { change, list, told } = follow();
  list(objects, [anApplication('pi', 'RUNNING')]);
  const before = told.length;
  change(events, 'added', anEvent('stranger', { kind: 'Pod', name: 'web-1' }));
  change(events, 'added', anEvent('other', { kind: 'SparkApplication', name: 'etl' }));
  expect(told.length).toBe(before);
  change(events, 'added', anEvent('own', { kind: 'SparkApplication', name: 'pi' }));
  expect(told.length).toBe(before + 1);
});

it('takes a new login for no end: what is listed again goes on as it was', () => {
  const script = scriptedCaches();
  const views: ApplicationView[] = [];
  const world = { caches: script.caches, clock: { now: () => 0, after: () => () => {} } };
  observeApplication(world, reference, (view) => views.push(view));
  const [pi, driver] = [anApplication('pi', 'RUNNING'), aPod('pi-driver', 'driver', 'pi')];
  const list = () => {
    script.list(pods, [driver]);
    script.list(objects, [pi]);
    script.list(events, []);
  };
  list();
  const before = views.at(-1);
  for (const name of [pods, objects, events]) script.clear(name);
  expect(views.at(-1)?.state).toBe('loading');
  list();
  expect(views.at(-1)).toEqual(before);
  expect(views.filter((view) => view.state === 'present' && !view.exists)).toEqual([]);
});

it('tells a new application from the one it replaced, whose pods are not its own', () => {
  const { change, list, told } = follow();
  const first = anApplication('pi', 'RUNNING');
  list(objects, [first]);
  change(pods, 'added', owned(aPod('pi-driver', 'driver', 'pi'), first));
  expect(told.at(-1)?.pods.size).toBe(1);
  const second = anApplication('pi', 'SUBMITTED');
  second.metadata.uid = 'uid-second';
  change(objects, 'added', second);
  expect(told.at(-1)).toMatchObject({ exists: true, object: { metadata: { uid: 'uid-second' } } });
  expect(told.at(-1)?.pods.size).toBe(0);
  change(objects, 'deleted', first);
  expect(told.at(-1)?.exists).toBe(true);
});

function owned(pod: ApiObject, { metadata: { name, uid } }: ApiObject): ApiObject {
  const owner = { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', name, uid };
  return { ...pod, metadata: { ...pod.metadata, ownerReferences: [owner] } };
}
