import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Kubeconfigs } from '../../../shared/contract/kubeconfigs.ts';
import { systemClock } from '../../platform/world.ts';
import { type OpenKubeconfigs, openKubeconfigs } from './store.ts';

const log = { info() {}, warn() {} };
let home: string;
let opened: OpenKubeconfigs | null = null;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kubeconfigs-'));
});
afterEach(() => {
  opened?.close();
  opened = null;
  rmSync(home, { recursive: true });
});

function open(KUBECONFIG?: string): { store: OpenKubeconfigs['store']; seen: Kubeconfigs[] } {
  opened = openKubeconfigs({ environment: { KUBECONFIG }, home, picked: [] }, systemClock, log);
  const seen: Kubeconfigs[] = [];
  opened.store.subscribe((kubeconfigs) => seen.push(kubeconfigs));
  return { store: opened.store, seen };
}

const context = (name: string) =>
  `clusters: [{ name: c, cluster: { server: "https://c" } }]\nusers: [{ name: u, user: {} }]\ncontexts: [{ name: ${name}, context: { cluster: c, user: u } }]\n`;
const names = (kubeconfigs: Kubeconfigs | undefined) => kubeconfigs?.contexts.map(({ name }) => name);

/** An edit shows within a second; a busy machine is given more, since this is no measurement. */
const soon = (check: () => void) => expect.poll(check, { timeout: 5_000, interval: 10 });

test('an edit in place shows', async () => {
  const path = join(home, 'config');
  writeFileSync(path, context('one'));
  const { seen } = open(path);
  expect(names(seen[0])).toEqual(['one']);
  writeFileSync(path, context('two'));
  await soon(() => names(seen.at(-1))).toEqual(['two']);
});

test('a file renamed into place shows, again and again', async () => {
  const path = join(home, 'config');
  writeFileSync(path, context('zero'));
  const { seen } = open(path);
  for (const name of ['one', 'two']) {
    writeFileSync(`${path}.new`, context(name));
    renameSync(`${path}.new`, path);
    await soon(() => names(seen.at(-1))).toEqual([name]);
  }
});

test('the default file shows although its folder is made later, and its end shows too', async () => {
  const { seen } = open();
  expect(seen[0]?.files[0]?.failure).toEqual({ code: 'kubeconfig-missing', path: join(home, '.kube', 'config') });
  mkdirSync(join(home, '.kube'));
  writeFileSync(join(home, '.kube', 'config'), context('one'));
  await soon(() => names(seen.at(-1))).toEqual(['one']);
  rmSync(join(home, '.kube'), { recursive: true });
  await soon(() => seen.at(-1)?.files[0]?.failure?.code).toBe('kubeconfig-missing');
});

test('a half written file is never told', async () => {
  const path = join(home, 'config');
  writeFileSync(path, context('one'));
  const { seen } = open(path);
  writeFileSync(path, '');
  await new Promise((resolve) => setTimeout(resolve, 80));
  writeFileSync(path, context('two').slice(0, 40));
  await new Promise((resolve) => setTimeout(resolve, 80));
  writeFileSync(path, context('two'));
  await soon(() => names(seen.at(-1))).toEqual(['two']);
  expect(seen.map(names)).toEqual([['one'], ['two']]);
});

test('a file that stays broken is named with its line, the others still work', async () => {
  const [good, bad] = [join(home, 'good'), join(home, 'bad')];
  writeFileSync(good, context('one'));
  writeFileSync(bad, context('two'));
  const { seen } = open(`${good}:${bad}:${join(home, 'missing')}`);
  writeFileSync(bad, 'users: []\ncontexts: {}\n');
  await soon(() => seen.at(-1)?.files.map(({ failure }) => failure)).toEqual([
    null,
    { code: 'kubeconfig-invalid', path: bad, line: 2, column: 11, message: 'contexts must be a list' },
    { code: 'kubeconfig-missing', path: join(home, 'missing') },
  ]);
  expect(names(seen.at(-1))).toEqual(['one']);
});

test('a picked file is added, followed and forgotten', async () => {
  const picked = join(home, 'picked');
  const { store, seen } = open(join(home, 'none'));
  expect(() => store.add(picked)).toThrow(expect.objectContaining({ failure: { code: 'kubeconfig-missing', path: picked } }));
  writeFileSync(picked, context('one'));
  store.add(picked);
  expect(names(seen.at(-1))).toEqual(['one']);
  expect(store.picked()).toEqual([picked]);
  writeFileSync(picked, context('two'));
  await soon(() => names(seen.at(-1))).toEqual(['two']);
  store.remove(picked);
  expect(names(seen.at(-1))).toEqual([]);
});

test('something that is no file does not hold us up', () => {
  const { seen } = open('/dev/zero');
  expect(seen[0]?.files[0]?.failure).toMatchObject({ code: 'kubeconfig-invalid', message: 'not a file' });
});
