import { describe, expect, test } from 'vitest';
import type { Connection } from '../../../shared/contract/clusters.ts';
import type { Context, Kubeconfigs } from '../../../shared/contract/kubeconfigs.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import { createScope, type Heard, type ScopeSources } from './store.ts';

const context = (name: string, more: Partial<Context> = {}): Context => ({
  name,
  cluster: name,
  user: 'me',
  namespace: null,
  server: 'https://10.0.0.1:6443',
  file: '/home/me/.kube/config',
  failure: null,
  ...more,
});
const kubeconfigs = (...contexts: Context[]): Kubeconfigs => ({ files: [], contexts, currentContext: null });
const settings = (more: Partial<Settings> = {}): Settings => ({
  theme: 'system',
  density: 'normal',
  context: null,
  namespaces: {},
  kubeconfigs: [],
  dock: { open: false, height: 280 },
  demo: { state: 'untouched' },
  ...more,
});

function world(stored: Settings) {
  const written: Partial<Settings>[] = [];
  const connections = new Map<string, { heard: Heard<Connection>; signal: AbortSignal }>();
  let files: Heard<Kubeconfigs> | null = null;
  const sources: ScopeSources = {
    kubeconfigs: (heard) => {
      files = heard;
    },
    connection: (name, heard, signal) => connections.set(name, { heard, signal }),
    namespaces: () => {},
    remembered: async () => stored,
    remember: (patch) => written.push(patch),
  };
  const scope = createScope(sources);
  const begin = async (value: Kubeconfigs) => {
    const end = scope.start();
    await Promise.resolve();
    await Promise.resolve();
    files?.onValue(value);
    return end;
  };
  return { ...scope, begin, say: (value: Kubeconfigs) => files?.onValue(value), written, connections };
}

describe('on start', () => {
  test('the last scope is restored', async () => {
    const { store, begin, connections } = world(settings({ context: 'prod', namespaces: { prod: 'analytics' } }));
    await begin(kubeconfigs(context('dev'), context('prod')));
    expect(store.getState()).toMatchObject({ starting: false, scope: { context: 'prod', namespace: 'analytics' } });
    expect([...connections.keys()]).toEqual(['prod']);
  });

  test.each([
    ['never chosen', settings(), context('dev')],
    ['gone', settings({ context: 'prod' }), context('dev')],
    [
      'broken',
      settings({ context: 'dev' }),
      context('dev', { failure: { code: 'context-incomplete', context: 'dev', missing: 'user' } }),
    ],
  ])('a context that is %s is not chosen for the person', async (_, stored, found) => {
    const { store, begin, connections } = world(stored);
    await begin(kubeconfigs(found));
    expect(store.getState()).toMatchObject({ starting: false, scope: null });
    expect(connections.size).toBe(0);
  });
});

describe('choosing a context', () => {
  test.each<[string, Partial<Context>, Settings['namespaces'], string | null]>([
    ['the last one there', { namespace: 'written' }, { dev: 'last' }, 'last'],
    ['all of them when that was the last choice', { namespace: 'written' }, { dev: null }, null],
    ['the one written in the context', { namespace: 'written' }, {}, 'written'],
    ['default, as kubectl does', {}, {}, 'default'],
  ])('begins in %s', async (_, more, namespaces, expected) => {
    const { store, begin, chooseContext, written } = world(settings({ namespaces }));
    await begin(kubeconfigs(context('dev', more)));
    chooseContext('dev');
    expect(store.getState().scope).toEqual({ context: 'dev', namespace: expected });
    expect(written).toEqual([{ context: 'dev', namespaces: { ...namespaces, dev: expected } }]);
  });

  test('ends what was followed of the one before', async () => {
    const { store, begin, chooseContext, connections } = world(settings());
    await begin(kubeconfigs(context('dev'), context('prod')));
    chooseContext('dev');
    chooseContext('prod');
    expect(connections.get('dev')?.signal.aborted).toBe(true);
    expect(connections.get('prod')?.signal.aborted).toBe(false);
    connections.get('prod')?.heard.onFailure({ code: 'backend-lost' });
    expect(store.getState().health).toEqual({ state: 'failed', failure: { code: 'backend-lost' } });
  });

  test('a name that no file has changes nothing', async () => {
    const { store, begin, chooseContext } = world(settings());
    await begin(kubeconfigs(context('dev')));
    chooseContext('prod');
    expect(store.getState().scope).toBeNull();
  });
});

test('another namespace keeps the connection and is remembered beside the others', async () => {
  const { store, begin, chooseNamespace, connections, written } = world(settings({ context: 'dev', namespaces: { prod: 'x' } }));
  await begin(kubeconfigs(context('dev')));
  chooseNamespace(null);
  expect(store.getState().scope).toEqual({ context: 'dev', namespace: null });
  expect(connections.get('dev')?.signal.aborted).toBe(false);
  expect(written).toEqual([{ context: 'dev', namespaces: { prod: 'x', dev: null } }]);
});

test('an edited file changes the contexts, not the choice', async () => {
  const { store, begin, say } = world(settings({ context: 'dev' }));
  await begin(kubeconfigs(context('dev')));
  say(kubeconfigs(context('prod')));
  expect(store.getState()).toMatchObject({ scope: { context: 'dev' }, kubeconfigs: { contexts: [{ name: 'prod' }] } });
});

test('the end ends all streams', async () => {
  const { begin, connections } = world(settings({ context: 'dev' }));
  const end = await begin(kubeconfigs(context('dev')));
  end();
  expect(connections.get('dev')?.signal.aborted).toBe(true);
});

test('leaving closes what was followed and is remembered', async () => {
  const { store, begin, leave, connections, written } = world(settings({ context: 'dev' }));
  await begin(kubeconfigs(context('dev')));
  leave();
  expect(store.getState()).toMatchObject({ scope: null, health: { state: 'none' }, namespaces: null });
  expect(connections.get('dev')?.signal.aborted).toBe(true);
  expect(written).toEqual([{ context: null }]);
});
