import { describe, expect, it } from 'vitest';
import { containerInstance, meantContainer, whyOver } from './container.ts';

const meta = { uid: 'u', name: 'orders-driver', resourceVersion: '1', creationTimestamp: '2026-11-21T10:00:00Z' };
const pod = (rest: { metadata?: object; spec?: object; status?: object }) => ({
  ...rest,
  metadata: { ...meta, ...rest.metadata },
});
const named = (...names: string[]) => ({ containers: names.map((name) => ({ name })) });

describe('the container that is meant', () => {
  it.each([
    ['Spark’s driver, beside a sidecar', pod({ spec: named('proxy', 'spark-kubernetes-driver') }), 'spark-kubernetes-driver'],
    ['an executor of Spark 3.0', pod({ spec: named('executor') }), 'executor'],
    [
      'the one of the annotation',
      pod({ spec: named('a', 'b'), metadata: { annotations: { 'kubectl.kubernetes.io/default-container': 'b' } } }),
      'b',
    ],
    ['the first', pod({ spec: named('a', 'b') }), 'a'],
    ['none', pod({}), null],
  ])('is %s', (_, given, name) => expect(meantContainer(given)).toBe(name));
});

describe('why a container is over', () => {
  const running = { name: 'main', containerID: 'containerd://1', state: { running: {} }, lastState: {} };
  const ended = (exitCode: number, reason: string) => ({ ...running, state: { terminated: { exitCode, reason } } });
  const status = (container: object, rest = {}) => ({ status: { phase: 'Running', containerStatuses: [container], ...rest } });
  const deleting = { deletionTimestamp: '2026-11-21T10:05:00Z' };
  const executor = { labels: { 'spark-role': 'executor' } };
  const evicted = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' };

  it.each([
    ['not at all', pod(status(running)), false, null],
    ['out of memory', pod(status(ended(137, 'OOMKilled'))), false, 'exit 137 (OOMKilled)'],
    ['its program ended', pod(status(ended(0, 'Completed'))), false, 'exit 0'],
    ['evicted', pod(status(ended(137, 'Error'), evicted)), false, 'Evicted: The node was low on resource: memory.'],
    ['being deleted, still there', pod({ ...status(running), metadata: deleting }), false, null],
    ['deleted', pod({ ...status(ended(143, 'Error')), metadata: deleting }), false, 'the pod was deleted'],
    ['gone without a word', pod(status(running)), true, 'the pod was deleted'],
    [
      'scaled down',
      pod({ ...status(ended(143, 'Error')), metadata: { ...deleting, ...executor } }),
      true,
      'the executor was removed: scaled down, or its application is over',
    ],
    [
      'started again',
      pod(status({ ...running, containerID: 'containerd://2', lastState: { terminated: { exitCode: 1, reason: 'Error' } } })),
      false,
      'exit 1',
    ],
  ])('%s', (_, given, gone, why) => expect(whyOver(given, 'main', 'containerd://1', gone)).toBe(why));

  it('knows an instance while it runs', () => {
    expect(containerInstance(pod(status(running)), 'main')).toBe('containerd://1');
    expect(containerInstance(pod(status(ended(0, 'Completed'))), 'main')).toBe(null);
  });
});
