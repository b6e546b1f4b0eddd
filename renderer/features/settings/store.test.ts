import { expect, test } from 'vitest';
import type { Settings } from '../../../shared/contract/settings.ts';
import { failureOf } from '../../../shared/failure.ts';
import { createSettings, DEFAULT_SETTINGS, type SettingsSource } from './store.ts';

function memory(start: Settings = DEFAULT_SETTINGS): SettingsSource {
  let settings = start;
  return {
    get: async () => settings,
    change: async (patch) => {
      settings = { ...settings, ...patch };
      return settings;
    },
  };
}
const broken = async () => {
  throw new Error('disk full');
};

test('a change takes effect before it is written', async () => {
  const { store, load, change } = createSettings(memory(), failureOf);
  await load();
  const changing = change({ theme: 'dark' });
  await Promise.resolve();
  expect(store.getState()).toMatchObject({ state: 'ready', settings: { theme: 'dark' } });
  await changing;
  expect(store.getState()).toEqual({ state: 'ready', settings: { ...DEFAULT_SETTINGS, theme: 'dark' }, failure: null });
});

test('a change made first waits for what was stored', async () => {
  const { store, change } = createSettings(memory({ ...DEFAULT_SETTINGS, density: 'compact' }), failureOf);
  await change({ context: 'prod' });
  expect(store.getState()).toMatchObject({ settings: { density: 'compact', context: 'prod' } });
});

test('the answer to an earlier change does not undo a later one', async () => {
  const answers: (() => void)[] = [];
  const source: SettingsSource = {
    get: async () => DEFAULT_SETTINGS,
    change: (patch) => new Promise((resolve) => answers.push(() => resolve({ ...DEFAULT_SETTINGS, ...patch }))),
  };
  const { store, load, change } = createSettings(source, failureOf);
  await load();
  const first = change({ theme: 'dark' });
  await Promise.resolve();
  const second = change({ theme: 'light' });
  await Promise.resolve();
  answers[0]?.();
  await first;
  expect(store.getState()).toMatchObject({ settings: { theme: 'light' } });
  answers[1]?.();
  await second;
  expect(store.getState()).toMatchObject({ settings: { theme: 'light' }, failure: null });
});

test('what cannot be read or written is said, and the window goes on', async () => {
  const { store, change } = createSettings({ get: broken, change: broken }, failureOf);
  await change({ density: 'compact' });
  expect(store.getState()).toEqual({
    state: 'ready',
    settings: { ...DEFAULT_SETTINGS, density: 'compact' },
    failure: { code: 'internal', message: 'disk full' },
  });
});
