import type { DemoCluster } from '../../electron/demo/cluster.ts';
import type { App } from './app.ts';
import { pasteYaml } from './editor.ts';
import { expect, freshName, type TestCluster, test as withApp } from './fixtures.ts';
import { draftsOf, test } from './launch.ts';
import { suspendedApplication } from './objects.ts';
import { indicator, openTable, row } from './screen.ts';

const PLURAL = 'sparkapplications.sparkoperator.k8s.io';
const isReal = process.env.EMBERDECK_CLUSTER === 'real';
const needsFaults = 'faults are made by the small API server only';

const put = (cluster: DemoCluster, ...names: string[]) => {
  for (const name of names) cluster.api.put(PLURAL, suspendedApplication(name));
};

const path = '/apis/sparkoperator.k8s.io/v1beta2/namespaces/default/sparkapplications';
const create = ({ api }: TestCluster, name: string) => api.request({ method: 'POST', path, body: suspendedApplication(name) });
const remove = ({ api }: TestCluster, name: string) =>
  api.request({ method: 'DELETE', path: `${path}/${name}` }).catch(() => undefined);

const banner = (app: App) => app.page.getByText(/^The backend stopped at \d\d:\d\d:\d\d\. It is being restarted/);

/** Kills every backend that comes up, until told to stop. */
function keepDown(app: App): () => Promise<void> {
  let over = false;
  const killing = (async () => {
    while (!over) {
      // Between two backends there is none.
      await app.killBackend().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return async () => {
    over = true;
    await killing;
  };
}

withApp('the backend dies: said so, back by itself, and the table has what happened meanwhile', async ({ app, cluster }) => {
  const { page } = app;
  const [stays, goes, comes] = ['stays', 'goes', 'comes'].map((word) => freshName(`e2e-${word}`));
  if (!stays || !goes || !comes) throw new Error('three names');
  try {
    await create(cluster, stays);
    await create(cluster, goes);
    await openTable(page, cluster.contexts.all);
    await expect(row(page, stays)).toBeVisible();
    const release = keepDown(app);
    await expect(banner(app)).toBeVisible();
    await expect(indicator(page, /stale since \d\d:\d\d:\d\d/)).toBeVisible();
    await expect(row(page, goes)).toBeVisible();
    await remove(cluster, goes);
    await create(cluster, comes);
    await release();
    await expect(banner(app)).toBeHidden({ timeout: 20_000 });
    await expect(indicator(page, 'live')).toBeVisible();
    await expect(row(page, comes)).toBeVisible();
    await expect(row(page, goes)).toBeHidden();
    await expect(row(page, stays)).toBeVisible();
    await withApp.step('and it is live again, not only right once', async () => {
      await remove(cluster, stays);
      await expect(row(page, stays)).toBeHidden();
    });
  } finally {
    await Promise.all([stays, goes, comes].map((name) => remove(cluster, name)));
  }
});

withApp('what is typed while the backend is gone is kept and saved', async ({ app, cluster }) => {
  const { page } = app;
  await openTable(page, cluster.contexts.all);
  await page.keyboard.press('n');
  await pasteYaml(page, '# before\n');
  await expect.poll(() => draftsOf(app)).toContain('# before\n');
  const release = keepDown(app);
  await expect(banner(app)).toBeVisible();
  await page.keyboard.type('# typed in the dark');
  await expect(banner(app)).toBeVisible();
  expect(draftsOf(app)).toEqual(['# before\n']);
  await release();
  await expect(banner(app)).toBeHidden({ timeout: 20_000 });
  await expect.poll(() => draftsOf(app)).toEqual(['# before\n# typed in the dark']);
  await expect(page.getByText(/^saved \d/)).toBeVisible();
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('# typed in the dark');
});

test('the app dies: the draft is there at the next start, as typed', async ({ cluster, launch }) => {
  const app = await launch(cluster.kubeconfig);
  await openTable(app.page, cluster.contexts.all);
  await app.page.keyboard.press('n');
  const text = '# kept — “as typed”\nkind:   SparkApplication # odd spacing stays\nmetadata: {name: survivor}\n';
  await pasteYaml(app.page, text);
  await expect.poll(() => draftsOf(app)).toEqual([text]);
  await app.crash();
  const { page } = await launch(cluster.kubeconfig, app.dataFolder);
  await expect(page.getByRole('button', { name: `Context ${cluster.contexts.all}`, exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Drafts', exact: true }).click();
  await page
    .getByRole('list', { name: 'Drafts' })
    .getByRole('button', { name: /^survivor/ })
    .click();
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('# kept — “as typed”');
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('odd spacing stays');
  expect(draftsOf(app)).toEqual([text]);
});

test('the window closes right after a letter: it is on the disk', async ({ cluster, launch }) => {
  const app = await launch(cluster.kubeconfig);
  await openTable(app.page, cluster.contexts.all);
  await app.page.keyboard.press('n');
  await pasteYaml(app.page, '# last words');
  if (app.electron === null) await app.page.close({ runBeforeUnload: true });
  else {
    const ended = new Promise((resolve) => app.electron?.process().once('exit', resolve));
    const closing = app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    // The process may be gone before it answers.
    await closing.catch(() => undefined);
    await ended;
  }
  await expect.poll(() => draftsOf(app), { timeout: 2_000 }).toEqual(['# last words']);
});

test('watches are cut and refused: stale since when, then live again with the right rows', async ({ demo, launch }) => {
  test.skip(isReal, needsFaults);
  const cluster = await demo();
  put(cluster, 'stays', 'goes');
  const { page } = await launch(cluster.path);
  await openTable(page, 'demo');
  await expect(row(page, 'goes')).toBeVisible();
  const reading = { method: 'GET', path: PLURAL.split('.')[0] ?? '' };
  for (const kind of ['reset', 'end'] as const) {
    await test.step(kind, async () => {
      cluster.faults.add({ match: reading, kind });
      expect(cluster.faults.now({ path: 'watch' }, kind)).toBeGreaterThan(0);
      await expect(indicator(page, /stale since \d\d:\d\d:\d\d · retrying/)).toBeVisible();
      await expect(row(page, 'stays')).toBeVisible();
      put(cluster, `comes-after-${kind}`);
      cluster.api.remove(PLURAL, 'default', kind === 'reset' ? 'goes' : 'comes-after-reset');
      cluster.faults.clear();
      await page.getByRole('button', { name: /^stale since .* Try again now$/ }).click();
      await expect(indicator(page, 'live')).toBeVisible();
      await expect(row(page, `comes-after-${kind}`)).toBeVisible();
      await expect(row(page, kind === 'reset' ? 'goes' : 'comes-after-reset')).toBeHidden();
    });
  }
});

test('a short cut mends itself, also when the history is gone meanwhile', async ({ demo, launch }) => {
  test.skip(isReal, needsFaults);
  const cluster = await demo();
  put(cluster, 'stays', 'goes');
  const { page } = await launch(cluster.path);
  await openTable(page, 'demo');
  await expect(row(page, 'goes')).toBeVisible();
  cluster.faults.now({ path: 'watch' }, 'reset');
  cluster.api.remove(PLURAL, 'default', 'goes');
  cluster.api.compact();
  put(cluster, 'comes');
  await expect(row(page, 'comes')).toBeVisible();
  await expect(row(page, 'goes')).toBeHidden();
  await expect(indicator(page, 'live')).toBeVisible();
});

test('new connections vanish in a black hole: stale, then live when it is over', async ({ demo, launch }) => {
  test.skip(isReal, needsFaults);
  const cluster = await demo();
  put(cluster, 'stays');
  const { page } = await launch(cluster.path);
  await openTable(page, 'demo');
  cluster.faults.add({ match: { method: 'GET', path: 'sparkapplications' }, kind: 'blackhole' });
  cluster.faults.now({ path: 'watch' }, 'reset');
  // No word of a retry: the next request is on its way, and nothing will answer it.
  await expect(indicator(page, /stale since \d\d:\d\d:\d\d$/)).toBeVisible();
  put(cluster, 'comes');
  cluster.faults.clear();
  // The request that vanished is given up after its time; nobody has to press anything.
  await expect(indicator(page, 'live')).toBeVisible({ timeout: 20_000 });
  await expect(row(page, 'comes')).toBeVisible();
});

test('signed out by the server: said so, and back when asked', async ({ demo, launch }) => {
  test.skip(isReal, needsFaults);
  const cluster = await demo();
  put(cluster, 'stays');
  const { page } = await launch(cluster.path);
  await openTable(page, 'demo');
  cluster.faults.add({ match: {}, kind: 'status', status: 401 });
  cluster.faults.now({ path: 'watch' }, 'end');
  const signedOut = page.getByRole('button', { name: 'signed out. Try again now' });
  await expect(signedOut).toBeVisible();
  put(cluster, 'comes');
  cluster.faults.clear();
  await signedOut.click();
  await expect(indicator(page, 'live')).toBeVisible();
  await expect(row(page, 'comes')).toBeVisible();
});
