import type { Locator, Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import { row } from './screen.ts';

/** Shells in the pods of the product's own demo cluster. */
test.skip(process.env.EMBERDECK_CLUSTER === 'real', 'speaks to the demo cluster of the product, whatever cluster is there');

const dock = (page: Page): Locator => page.getByRole('region', { name: 'Dock' });
const tab = (page: Page, name: string): Locator => dock(page).getByRole('tab', { name });
/** What stands on the terminal that is shown. */
const written = (page: Page): Locator => dock(page).getByRole('tabpanel').locator('.xterm-rows');

/** Types a line into the terminal that has the keys. */
async function type(page: Page, line: string): Promise<void> {
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

async function openShellInDriver(page: Page, application: string): Promise<void> {
  await row(page, application).click();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Shell', exact: true }).click();
  await page.getByRole('menuitem', { name: 'driver' }).click();
  await expect(tab(page, `${application} driver`)).toHaveAttribute('aria-selected', 'true');
  await expect(written(page)).toContainText('$ ');
}

/** Rows and columns as the program in the container knows them. */
async function sizeInside(page: Page, mark: string): Promise<number[]> {
  await type(page, `echo ${mark} $(stty size)`);
  const line = new RegExp(`${mark} (\\d+) (\\d+)`);
  await expect(written(page)).toContainText(line);
  return (line.exec((await written(page).textContent()) ?? '') ?? []).slice(1).map(Number);
}

test('a shell in a driver: typed into, resized, kept across pages and a reload, ended with its pod', async ({ launch }) => {
  test.setTimeout(120_000);
  const { page } = await launch('');
  await expect(row(page, 'clickstream-etl')).toContainText('Running', { timeout: 20_000 });

  await test.step('it answers', async () => {
    await openShellInDriver(page, 'clickstream-etl');
    await type(page, 'echo sum $((40 + 2))');
    await expect(written(page)).toContainText('sum 42');
  });
  await test.step('the size of the dock is the size of the terminal', async () => {
    const [rows = 0] = await sizeInside(page, 'before');
    await page.getByRole('separator', { name: 'Height of the dock' }).focus();
    for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowUp');
    await dock(page).getByRole('textbox', { name: 'Terminal input' }).focus();
    await expect.poll(async () => (await sizeInside(page, `at${Date.now()}`))[0]).toBeGreaterThan(rows + 3);
  });
  await test.step('other pages leave it as it is', async () => {
    await page.getByRole('button', { name: 'Drafts' }).click();
    await expect(page.getByRole('heading', { name: 'Drafts' })).toBeVisible();
    await expect(written(page)).toContainText('sum 42');
  });
  await test.step('a chord of the window works in it, and takes the dock away and back', async () => {
    await dock(page).getByRole('textbox', { name: 'Terminal input' }).focus();
    await page.keyboard.press('ControlOrMeta+Backquote');
    await expect(dock(page)).toBeHidden();
    await page.keyboard.press('ControlOrMeta+Backquote');
    await type(page, 'echo back $((1 + 1))');
    await expect(written(page)).toContainText('back 2');
  });
  await test.step('a window that is loaded anew finds it', async () => {
    await page.reload();
    await expect(written(page)).toContainText('sum 42');
    await dock(page).getByRole('textbox', { name: 'Terminal input' }).focus();
    await type(page, 'echo still $((1 + 2))');
    await expect(written(page)).toContainText('still 3');
  });
  await test.step('a second one, by key from the table', async () => {
    await page.getByRole('button', { name: 'Applications', exact: true }).click();
    await row(page, 'clickstream-etl').click();
    await page.keyboard.press('s');
    await expect(dock(page).getByRole('tab')).toHaveCount(2);
    await expect(written(page).filter({ visible: true })).toContainText('$ ');
    await dock(page).getByRole('tab').last().focus();
    await page.keyboard.press('Delete');
    await expect(dock(page).getByRole('tab')).toHaveCount(1);
  });
  await test.step('the driver goes, and the shell says so', async () => {
    await row(page, 'clickstream-etl').click();
    await page.keyboard.press('Delete');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Delete/ })
      .click();
    await expect(dock(page).getByRole('status')).toContainText('The container is over: the pod was deleted', { timeout: 60_000 });
    await dock(page).getByRole('button', { name: 'New shell' }).click();
    await expect(dock(page).getByRole('status')).toContainText('There is no pod clickstream-etl-driver', { timeout: 30_000 });
  });
  await test.step('closed, nothing of it is left', async () => {
    await dock(page)
      .getByRole('button', { name: /^Close / })
      .click();
    await expect(dock(page)).toBeHidden();
  });
});
