import type { Locator, Page } from '@playwright/test';
import { application } from '../../electron/demo/testing.ts';
import { type App, withoutDemo } from './app.ts';
import { expect, test } from './launch.ts';
import { openTable, row } from './screen.ts';

test.skip(process.env.EMBERDECK_CLUSTER === 'real', 'cuts connections, which only the demo cluster does on command');

const log = (page: Page, name: string): Locator => page.getByRole('grid', { name: `Log of ${name}` });
const line = (page: Page, name: string, words: string | RegExp): Locator =>
  log(page, name).getByRole('row').filter({ hasText: words });

/** The name under which the next download is offered; in Electron nothing is asked and nothing saved. */
function nameOfDownload({ electron, page }: App): Promise<string> {
  if (electron === null) return page.waitForEvent('download').then((saved) => saved.suggestedFilename());
  return electron.evaluate(
    ({ session }) =>
      new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (event, item) => {
          event.preventDefault();
          resolve(item.getFilename());
        });
      }),
  );
}

test('one log of driver and executors: by key, filtered, searched, folded, across a cut', async ({ demo, folder, launch }) => {
  test.setTimeout(120_000);
  const name = 'task-fail';
  const cluster = await demo({ runMilliseconds: 20_000 });
  const app = await launch(cluster.path, withoutDemo(`${folder}/data`));
  const { page } = app;
  await openTable(page, 'demo');
  cluster.api.put('sparkapplications', {
    ...application(name, { arguments: ['task-fail'] }),
    metadata: { name, namespace: 'default' },
  });
  await test.step('the key l on a row leads to its log', async () => {
    await row(page, name).click();
    await page.keyboard.press('l');
    await expect(page.getByRole('tab', { name: 'Logs', selected: true })).toBeVisible();
  });
  await test.step('lines of the driver and of executors come by themselves, also after a cut', async () => {
    await expect(log(page, name).getByRole('gridcell', { name: 'driver', exact: true }).first()).toBeVisible({ timeout: 30_000 });
    cluster.faults.now({ path: '/log\\?' }, 'reset');
    await expect(page.getByRole('button', { name: 'All pods (3)' })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('status').filter({ hasText: /\d lines/ })).toBeVisible();
  });
  await test.step('the end is followed until the driver has stopped', async () => {
    await expect(line(page, name, 'ShutdownHookManager').last()).toBeVisible({ timeout: 60_000 });
  });
  await test.step('warnings and errors, with their stack traces folded', async () => {
    await page.getByRole('combobox', { name: 'Level' }).selectOption('warn');
    const fold = log(page, name)
      .getByRole('button', { name: /^\+ \d+ lines?$/ })
      .first();
    await expect(fold).toBeVisible();
    await expect(line(page, name, /^.*\tat /)).toHaveCount(0);
    await fold.click();
    await expect(line(page, name, 'at org.apache').first()).toBeVisible();
    await page.getByRole('combobox', { name: 'Level' }).selectOption('all');
  });
  await test.step('search goes from match to match', async () => {
    await page.keyboard.press('ControlOrMeta+f');
    await page.keyboard.type('SparkContext');
    await expect(page.getByText(/^\d+$/, { exact: true })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^1 of \d+$/)).toBeVisible();
    await page.keyboard.press('F3');
    await expect(page.getByText(/^2 of \d+$/)).toBeVisible();
    await expect(log(page, name).locator('mark').first()).toHaveText('SparkContext');
  });
  await test.step('a filter by an expression leaves what has it', async () => {
    await page.getByRole('textbox', { name: 'Filter lines' }).fill('Successfully (started|stopped)');
    await page.getByRole('button', { name: 'Filter lines: regular expression' }).click();
    await expect(page.getByText(/^\d+ of \d+ lines/)).toBeVisible();
    await expect(line(page, name, 'Successfully').first()).toBeVisible();
    await expect(line(page, name, 'ShutdownHookManager')).toHaveCount(0);
  });
  await test.step('executors are in it', async () => {
    await page.getByRole('textbox', { name: 'Filter lines' }).fill('Running task');
    await expect(
      log(page, name)
        .getByRole('gridcell', { name: /^exec [12]/ })
        .first(),
    ).toBeVisible();
  });
  await test.step('what is shown is saved as text', async () => {
    const saving = nameOfDownload(app);
    await page.getByRole('button', { name: 'Download' }).click();
    expect(await saving).toBe(`${name}.log`);
  });
});
