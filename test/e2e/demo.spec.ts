import type { Page } from '@playwright/test';
import { withoutDemo } from './app.ts';
import { expect, test } from './launch.ts';
import { indicator, row } from './screen.ts';

/** Someone without a cluster: what the demo cluster inside the product is for. */
test.skip(process.env.EMBERDECK_CLUSTER === 'real', 'speaks to the demo cluster of the product, whatever cluster is there');

const badge = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'demo: nothing here is real' });

async function choose(page: Page, item: string | RegExp): Promise<void> {
  await badge(page).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Waits for a state on the application's page. */
const state = (page: Page, word: string) =>
  page
    .getByRole('region', { name: 'Timeline' })
    .getByRole('listitem', { name: 'app', exact: true })
    .locator(`[data-state="${word}"]`);

test('first start without a kubeconfig: the whole story on the demo cluster', async ({ launch }) => {
  test.setTimeout(180_000);
  const { page } = await launch('');
  await test.step('it is there, lived in, and says that nothing is real', async () => {
    await expect(badge(page)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Context demo', exact: true })).toBeVisible();
    await expect(indicator(page, 'live')).toBeVisible();
    await expect(row(page, 'orders-daily')).toContainText('Done');
    await expect(row(page, 'revenue-report')).toContainText('exit 1');
    await expect(row(page, 'clickstream-etl')).toContainText('Running', { timeout: 20_000 });
  });

  const heading = page.getByRole('heading', { level: 1 });
  const name = await test.step('a new application from the template is submitted as it is', async () => {
    await page.getByRole('button', { name: 'New application' }).click();
    await expect(page.locator('.monaco-editor .view-lines')).toContainText('SparkApplication');
    await expect(page.getByText(/^saved \d/)).toBeVisible();
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
    return (await heading.textContent()) ?? '';
  });
  await test.step('it runs, with its Spark UI', async () => {
    await expect(state(page, 'RUNNING')).toBeAttached({ timeout: 30_000 });
    await page.getByRole('tab', { name: 'Spark UI' }).click();
    await expect(page.frameLocator(`iframe[title="Spark UI of ${name}"]`).getByText(/Spark Jobs/)).toBeVisible({
      timeout: 30_000,
    });
  });
  await test.step('it is done', async () => {
    await page.getByRole('tab', { name: 'Overview' }).click();
    await expect(state(page, 'COMPLETED')).toBeAttached({ timeout: 60_000 });
  });
  await test.step('it is deleted', async () => {
    await page.getByRole('button', { name: 'Delete' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Delete/ })
      .click();
    await expect(page.getByText('Deleted', { exact: true })).toBeVisible();
  });
});

test('scenarios and breakages from the badge, and the way out', async ({ launch }) => {
  test.setTimeout(180_000);
  const { page } = await launch('');
  await expect(badge(page)).toBeVisible();
  await test.step('a scenario is played and opened; its reason is on its page', async () => {
    await choose(page, /^Driver exits with 1/);
    await expect(page.getByRole('heading', { name: 'invoices-export' })).toBeVisible();
    await expect(page.getByText(/exit 1|ExitCode: 1/).first()).toBeVisible({ timeout: 60_000 });
  });
  await test.step('the connection is cut: stale, then live again', async () => {
    await choose(page, /^Cut the connection/);
    await expect(indicator(page, /stale since \d\d:\d\d:\d\d/)).toBeVisible();
    await expect(indicator(page, 'live')).toBeVisible({ timeout: 45_000 });
  });
  await test.step('a scenario from the palette, by keyboard', async () => {
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('combobox', { name: 'Search or run' }).fill('demo: play no node fits');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'churn-model' })).toBeVisible();
    await expect(page.getByText(/Insufficient cpu/).first()).toBeVisible({ timeout: 30_000 });
  });
  await test.step('stopped: back at the doors, and nothing of it is left', async () => {
    await choose(page, 'Stop the demo cluster');
    await expect(page.getByRole('heading', { name: 'No kubeconfig was found.' })).toBeVisible();
    await expect(badge(page)).toBeHidden();
  });
  await test.step('through the door again', async () => {
    await page.getByRole('button', { name: /^Try the demo cluster/ }).click();
    await expect(badge(page)).toBeVisible();
    // The namespace is the one that was looked at last.
    await expect(row(page, 'sessions-hourly')).toBeVisible();
    await expect(row(page, 'churn-model')).toBeHidden();
  });
});

test('beside other clusters it comes only when asked, and is there again after a restart', async ({ cluster, launch }) => {
  const app = await launch(cluster.kubeconfig);
  const { page } = app;
  // The kubeconfig of the suite has a context `demo` of its own: the product's goes by another name.
  const name = 'Context demo (Emberdeck)';
  await expect(page.getByRole('list', { name: 'Contexts' })).toBeVisible();
  await page.getByRole('button', { name: /^Try the demo cluster/ }).click();
  await expect(badge(page)).toBeVisible();
  await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
  await test.step('restarted, the window is where it was', async () => {
    await expect(row(page, 'orders-daily')).toBeVisible();
    await app.crash();
    const { page: again } = await launch(cluster.kubeconfig, app.dataFolder);
    await expect(badge(again)).toBeVisible();
    await expect(again.getByRole('button', { name, exact: true })).toBeVisible();
    await expect(row(again, 'orders-daily')).toBeVisible();
  });
});

test('someone who stopped it once is not given it again', async ({ folder, launch }) => {
  const { page } = await launch('', withoutDemo(`${folder}/data`));
  await expect(page.getByRole('heading', { name: 'No kubeconfig was found.' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Try the demo cluster/ })).toBeVisible();
  await expect(badge(page)).toBeHidden();
});
