import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Settings } from '../../shared/contract/settings.ts';
import { createSettings, defaultSettings, readSettings } from './settings.ts';

let folder = '';
const faults: unknown[] = [];
const open = () =>
  createSettings({ file: join(folder, 'settings.json'), log: { info() {}, warn: (_, facts) => faults.push(facts?.fault) } });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emberdeck-settings-'));
  faults.length = 0;
});
afterEach(() => rm(folder, { recursive: true }));

describe('settings', () => {
  it('begins with the defaults and keeps what was changed', async () => {
    const first = open();
    expect(await first.get()).toEqual(defaultSettings);
    await Promise.all([first.change({ theme: 'dark' }), first.change({ context: 'prod', theme: undefined })]);
    expect(await open().get()).toEqual({ ...defaultSettings, theme: 'dark', context: 'prod' });
  });

  it('tells its subscribers until they leave', async () => {
    const store = open();
    const seen: Settings['density'][] = [];
    const close = store.subscribe((settings) => seen.push(settings.density));
    await vi.waitFor(() => expect(seen).toEqual(['normal']));
    await store.change({ density: 'compact' });
    close();
    await store.change({ density: 'normal' });
    expect(seen).toEqual(['normal', 'compact']);
  });

  it('keeps the fields that it does not know', async () => {
    await writeFile(join(folder, 'settings.json'), '{"theme": "light", "later": [1]}');
    await open().change({ context: 'x' });
    expect(JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8'))).toMatchObject({
      theme: 'light',
      later: [1],
      context: 'x',
    });
  });

  it('refuses what is no setting and changes nothing', async () => {
    const store = open();
    await expect(store.change(JSON.parse('{"theme": "pink"}'))).rejects.toThrow();
    expect(await store.get()).toEqual(defaultSettings);
  });
});

describe('readSettings', () => {
  it.each([
    ['', defaultSettings, 1],
    ['[]', defaultSettings, 1],
    ['{', defaultSettings, 1],
    ['{}', defaultSettings, 0],
    ['{"theme": "pink", "context": "a"}', { ...defaultSettings, context: 'a' }, 1],
    ['{"kubeconfigs": "x", "namespaces": {"a": null}}', { ...defaultSettings, namespaces: { a: null } }, 1],
    ['{"__proto__": {"theme": "dark"}}', defaultSettings, 0],
  ])('%j', (text, settings, count) => {
    const read = readSettings(text);
    expect(read.settings).toEqual(settings);
    expect(read.faults).toHaveLength(count);
  });
});
