import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Demo, Playable } from '../../../shared/contract/demo.ts';
import type { Context } from '../../../shared/contract/kubeconfigs.ts';
import type { ScopeState } from '../scope/store.ts';
import { contextsOf, createDemoStore, type DemoSources, isDemo } from './store.ts';

const running: Demo = { state: 'running', since: 0, context: 'demo', viewer: 'demo-viewer' };
const failed: Demo = { state: 'failed', failure: { code: 'demo-ended', message: '' }, contexts: ['demo', 'demo-viewer'] };
const scenario: Playable = { id: 'slow', title: 'Slow', what: 'It takes long.' };
const context = (name: string): Context => ({
  name,
  cluster: name,
  user: 'me',
  namespace: null,
  server: null,
  file: '/k',
  failure: null,
});

function world(more: Partial<DemoSources> = {}) {
  const said: string[] = [];
  let say: (demo: Demo) => void = () => undefined;
  const scope = createStore<ScopeState>(() => ({
    starting: false,
    kubeconfigs: { files: [], contexts: [context('demo')], currentContext: null },
    kubeconfigsFailure: null,
    scope: null,
    health: { state: 'none' },
    namespaces: null,
  }));
  const demo = createDemoStore({
    watch: (onValue) => {
      say = onValue;
    },
    start: async () => ({ context: 'demo' }),
    stop: async () => ({}),
    playables: async () => ({ scenarios: [scenario], breakages: [] }),
    play: async () => ({
      created: [{ context: 'demo', operator: 'kubeflow', namespace: 'analytics', name: 'slow' }],
      told: 'Created slow.',
    }),
    break: async () => ({ told: 'Broken.' }),
    scope: {
      store: scope,
      chooseContext: (name) => scope.setState({ scope: { context: name, namespace: 'default' } }),
      chooseNamespace: (namespace) => scope.setState(({ scope: now }) => ({ scope: now && { ...now, namespace } })),
      leave: () => scope.setState({ scope: null }),
    },
    open: (place) => said.push(place.page === 'application' ? `open ${place.reference.name}` : `open ${place.page}`),
    tell: (text) => said.push(text),
    tellFailure: (text) => said.push(text),
    ...more,
  });
  demo.follow();
  return { demo, scope, said, say: (value: Demo) => say(value) };
}

describe('which contexts are the demo’s', () => {
  test.each<[Demo, string | null, boolean]>([
    [{ state: 'off' }, 'demo', false],
    [running, 'demo', true],
    [running, 'demo-viewer', true],
    [running, 'prod', false],
    [running, null, false],
    [failed, 'demo', true],
  ])('%j, %s: %s', (demo, name, expected) => {
    expect(isDemo(demo, name)).toBe(expected);
    expect(contextsOf(demo).includes(name ?? '')).toBe(expected);
  });
});

test('starting goes there once the context is known', async () => {
  const { demo, scope, said } = world();
  scope.setState({ kubeconfigs: { files: [], contexts: [], currentContext: null } });
  const started = demo.start();
  await Promise.resolve();
  expect(scope.getState().scope).toBeNull();
  scope.setState({ kubeconfigs: { files: [], contexts: [context('demo')], currentContext: null } });
  await started;
  expect(scope.getState().scope?.context).toBe('demo');
  expect(said).toEqual(['open applications']);
});

test('what can be played is learnt when it runs', async () => {
  const { demo, say } = world();
  say(running);
  await expect.poll(() => demo.store.getState().playables?.scenarios).toEqual([scenario]);
});

test('a scenario opens what it made, in its namespace', async () => {
  const { demo, scope, said } = world();
  scope.setState({ scope: { context: 'demo', namespace: 'default' } });
  await demo.play(scenario);
  expect(scope.getState().scope).toEqual({ context: 'demo', namespace: 'analytics' });
  expect(said).toEqual(['Created slow.', 'open slow']);
});

test('what is refused is told', async () => {
  const refuse = async () => {
    throw new Error('no');
  };
  const { demo, said } = world({ start: refuse, stop: refuse, play: refuse, break: refuse });
  await demo.start();
  await demo.stop();
  await demo.play(scenario);
  await demo.break(scenario);
  expect(said).toHaveLength(4);
});

describe('when it is stopped', () => {
  test('a window that shows it goes back to the doors', () => {
    const { scope, said, say } = world();
    say(running);
    scope.setState({ scope: { context: 'demo', namespace: 'default' } });
    say({ state: 'off' });
    expect(scope.getState().scope).toBeNull();
    expect(said).toEqual(['open welcome']);
  });

  test('a window elsewhere stays where it is', () => {
    const { scope, said, say } = world();
    say(running);
    scope.setState({ scope: { context: 'prod', namespace: 'default' } });
    say({ state: 'off' });
    expect(scope.getState().scope?.context).toBe('prod');
    expect(said).toEqual([]);
  });
});
