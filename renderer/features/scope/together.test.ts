import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Place, Scope } from '../shell/index.ts';
import type { ScopeState } from './store.ts';
import { isOutside, keepTogether } from './together.ts';

const application = (context: string, namespace: string): Place => ({
  page: 'application',
  reference: { context, operator: 'kubeflow', namespace, name: 'orders' },
});

test.each<[Place, Scope, boolean]>([
  [{ page: 'applications' }, { context: 'dev', namespace: 'a' }, false],
  [application('dev', 'a'), { context: 'dev', namespace: 'a' }, false],
  [application('dev', 'a'), { context: 'dev', namespace: null }, false],
  [application('dev', 'a'), { context: 'dev', namespace: 'b' }, true],
  [application('dev', 'a'), { context: 'prod', namespace: null }, true],
])('%j is outside %j: %s', (place, scope, outside) => expect(isOutside(place, scope)).toBe(outside));

function world(scope: Scope, start: Place) {
  const store = createStore<ScopeState>(() => ({
    starting: false,
    kubeconfigs: { files: [], contexts: [], currentContext: null },
    kubeconfigsFailure: null,
    scope,
    health: { state: 'none' },
    namespaces: null,
  }));
  let place = start;
  const listeners: ((place: Place) => void)[] = [];
  const moves = {
    open(next: Place) {
      place = next;
      for (const listener of listeners) listener(next);
    },
    present: () => place,
    subscribe(listener: (place: Place) => void) {
      listeners.push(listener);
      return () => listeners.splice(0);
    },
  };
  const chooseContext = (context: string) => store.setState({ scope: { context, namespace: 'default' } });
  return { store, moves, end: keepTogether({ store, chooseContext }, moves) };
}

describe('keepTogether', () => {
  const dev = { context: 'dev', namespace: 'a' };

  test('another context leaves the application', () => {
    const { store, moves } = world(dev, application('dev', 'a'));
    store.setState({ scope: { context: 'prod', namespace: 'a' } });
    expect(moves.present()).toEqual({ page: 'applications' });
  });

  test('another namespace leaves it too, all namespaces do not', () => {
    const { store, moves } = world(dev, application('dev', 'a'));
    store.setState({ scope: { context: 'dev', namespace: null } });
    expect(moves.present()).toEqual(application('dev', 'a'));
    store.setState({ scope: { context: 'dev', namespace: 'b' } });
    expect(moves.present()).toEqual({ page: 'applications' });
  });

  test('going to an application takes its context along and stays there', () => {
    const { store, moves } = world(dev, { page: 'applications' });
    moves.open(application('prod', 'b'));
    expect(store.getState().scope?.context).toBe('prod');
    expect(moves.present()).toEqual(application('prod', 'b'));
  });

  test('an application of another namespace of the same context is just opened', () => {
    const { store, moves } = world(dev, { page: 'applications' });
    moves.open(application('dev', 'b'));
    expect(store.getState().scope).toEqual(dev);
    expect(moves.present()).toEqual(application('dev', 'b'));
  });

  test('ends', () => {
    const { store, moves, end } = world(dev, application('dev', 'a'));
    end();
    store.setState({ scope: { context: 'prod', namespace: 'a' } });
    expect(moves.present()).toEqual(application('dev', 'a'));
  });
});
