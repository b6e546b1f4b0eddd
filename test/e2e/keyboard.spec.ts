import type { Page } from '@playwright/test';
import { expect, freshName, type TestCluster, test } from './fixtures.ts';
import { suspendedApplication } from './objects.ts';
import { door, indicator, openTable } from './screen.ts';

const path = '/apis/sparkoperator.k8s.io/v1beta2/namespaces/default/sparkapplications';
const create = ({ api }: TestCluster, name: string) => api.request({ method: 'POST', path, body: suspendedApplication(name) });
const remove = ({ api }: TestCluster, name: string) =>
  api.request({ method: 'DELETE', path: `${path}/${name}` }).catch(() => undefined);

/** How the focused thing looks focused and not: the same twice when the focus cannot be seen. */
function looks(page: Page): Promise<{ what: string; focused: string; blurred: string }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return { what: 'nothing', focused: '', blurred: '' };
    const look = () =>
      [element, element.parentElement, ...element.children]
        .filter((each) => each !== null)
        .map((each) => {
          for (const animation of each.getAnimations()) animation.finish();
          const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } = getComputedStyle(each);
          return [outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor].join();
        })
        .join('; ');
    const focused = look();
    element.blur();
    const blurred = look();
    element.focus({ preventScroll: true });
    return {
      what: `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`.slice(0, 80),
      focused,
      blurred,
    };
  });
}

/** Goes through the page by Tab; the focus must be seen wherever it is. Returns what it came by. */
async function walk(page: Page, steps: number): Promise<string[]> {
  const came: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab');
    const { what, focused, blurred } = await looks(page);
    if (what.startsWith('BODY')) continue;
    expect(focused, `the focus on ${what} cannot be seen`).not.toBe(blurred);
    came.push(what);
  }
  return came;
}

const options = (page: Page) => page.getByRole('listbox', { name: 'Actions' }).getByRole('option');

/** Runs the first hit of the palette. */
async function run(page: Page, query: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('combobox', { name: 'Search or run' })).toBeFocused();
  await page.keyboard.type(query);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Search or run' })).toBeHidden();
}

test('the whole way by keyboard', async ({ app, cluster }) => {
  const { page } = app;
  const stem = freshName('e2e-keys');
  const names = ['a', 'b', 'c'].map((letter) => `${stem}-${letter}`);
  const selected = page.getByRole('grid').locator('[role="row"][aria-selected="true"]');
  try {
    for (const name of names) await create(cluster, name);
    await test.step('a context by Tab and Enter', async () => {
      await expect(door(page, cluster.contexts.all)).toBeVisible();
      for (let step = 0; step < 20; step += 1) {
        await page.keyboard.press('Tab');
        if (await door(page, cluster.contexts.all).evaluate((each) => each === document.activeElement)) break;
      }
      await page.keyboard.press('Enter');
      await expect(indicator(page, 'live')).toBeVisible();
    });
    await test.step('filter, move, open', async () => {
      await page.keyboard.press('/');
      await expect(page.getByRole('textbox', { name: 'Filter applications' })).toBeFocused();
      await page.keyboard.type(`${stem}`);
      await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '4');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('grid')).toBeFocused();
      await page.keyboard.press('Home');
      const order = await page.getByRole('grid').locator('[aria-rowindex]').allInnerTexts();
      const nameIn = (text: string | undefined) => names.find((name) => text?.includes(name)) ?? '';
      await expect(selected).toContainText(nameIn(order[1]));
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await expect(selected).toContainText(nameIn(order[3]));
      await page.keyboard.press('k');
      await expect(selected).toContainText(nameIn(order[2]));
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: nameIn(order[2]) })).toBeVisible();
    });
    const tab = (name: string) => expect(page.getByRole('tab', { name, selected: true })).toBeVisible();
    await test.step('tabs of the application, and back', async () => {
      await tab('Overview');
      await page.keyboard.press('y');
      await tab('YAML');
      await page.keyboard.press(']');
      await tab('Events');
      await page.keyboard.press('[');
      await tab('YAML');
      await page.keyboard.press('u');
      await tab('Spark UI');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('heading', { name: 'Applications' })).toBeVisible();
      await expect(selected).toHaveCount(1);
    });
    await test.step('the same from the table: u, y', async () => {
      await page.keyboard.press('y');
      await tab('YAML');
      await page.keyboard.press('Escape');
      await page.keyboard.press('u');
      await tab('Spark UI');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('grid')).toBeVisible();
    });
    await test.step('delete asks first, and Escape is the way out', async () => {
      await page.keyboard.press('Delete');
      const question = page.getByRole('dialog');
      await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(question).toBeHidden();
      await expect(selected).toHaveCount(1);
    });
    await test.step('delete, with Tab to the deed', async () => {
      const name = names.find((each) => each.endsWith('-b')) ?? '';
      await page.keyboard.press('Home');
      for (let step = 0; step < 3 && !((await selected.getByText(name).count()) > 0); step += 1) await page.keyboard.press('j');
      await page.keyboard.press('Delete');
      await expect(page.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeFocused();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '3');
      await expect(page.getByRole('dialog')).toBeHidden();
    });
    await test.step('pages by number; new by n; plain keys are text in the editor', async () => {
      await page.keyboard.press('2');
      await expect(page.getByRole('heading', { name: 'Drafts' })).toBeVisible();
      await page.keyboard.press('ControlOrMeta+,');
      await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
      await page.keyboard.press('1');
      await page.keyboard.press('n');
      await expect(page.getByRole('textbox', { name: 'YAML of the application' })).toBeFocused();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('# n ? / j k u y 1 2');
      await expect(page.locator('.monaco-editor .view-lines')).toHaveText('# n ? / j k u y 1 2');
      await page.keyboard.press('ControlOrMeta+Enter');
      await expect(page.getByText('There is nothing to submit.')).toBeVisible();
      await run(page, 'applications');
      await expect(page.getByRole('heading', { name: 'Applications' })).toBeVisible();
    });
  } finally {
    for (const name of names) await remove(cluster, name);
  }
});

test('the palette holds every action, and what it runs happens', async ({ app, cluster }) => {
  const { page } = app;
  const name = freshName('e2e-palette');
  await create(cluster, name);
  try {
    await openTable(page, cluster.contexts.all);
    await page.keyboard.press('/');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Home');
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys on this page' });
    await expect(help.locator('dt').first()).toBeVisible();
    const withKeys = await help.locator('dt').allInnerTexts();
    await page.keyboard.press('Escape');
    await expect(help).toBeHidden();
    await page.keyboard.press('ControlOrMeta+K');
    await expect(options(page).first()).toBeVisible();
    const titles = await options(page).evaluateAll((all) =>
      all.map((each) => each.querySelector('[title]')?.getAttribute('title')),
    );
    const expected = [
      ...withKeys,
      'Open',
      'Re-run as a new draft',
      'Delete…',
      'Copy the address of this page',
      'All namespaces',
      'analytics',
      cluster.contexts.viewer,
      'gone',
      name,
    ];
    expect(expected.filter((each) => !titles.includes(each))).toEqual([]);
    expect(withKeys).toEqual(
      expect.arrayContaining([
        'New application',
        'Search or run',
        'Filter the applications',
        'Next row',
        'Back',
        'Spark UI',
        'YAML',
      ]),
    );
    await page.keyboard.press('Escape');
    await test.step('a namespace, all of them, a context, an application', async () => {
      await run(page, 'analytics');
      await expect(page.getByRole('button', { name: 'Namespace analytics' })).toBeVisible();
      await run(page, 'all namespaces');
      await expect(page.getByRole('button', { name: 'Namespace All namespaces' })).toBeVisible();
      await expect(indicator(page, 'live')).toBeVisible();
      await run(page, name);
      await expect(page.getByRole('heading', { name })).toBeVisible();
      await run(page, `context ${cluster.contexts.viewer}`);
      await expect(page.getByRole('button', { name: `Context ${cluster.contexts.viewer}`, exact: true })).toBeVisible();
    });
    await test.step('what does not exist is said so, and Escape gives the focus back', async () => {
      await page.keyboard.press('ControlOrMeta+K');
      await expect(page.getByRole('combobox', { name: 'Search or run' })).toBeFocused();
      await page.keyboard.type('zzzzqqq');
      await expect(page.getByText('Nothing here is called “zzzzqqq”.')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('combobox', { name: 'Search or run' })).toBeHidden();
    });
  } finally {
    await remove(cluster, name);
  }
});

test('the focus is seen wherever Tab takes it', async ({ app, cluster }) => {
  const { page } = app;
  const name = freshName('e2e-focus');
  await create(cluster, name);
  try {
    await test.step('first screen', async () => {
      await expect(door(page, cluster.contexts.all)).toBeVisible();
      expect((await walk(page, 12)).some((what) => what.includes(cluster.contexts.all))).toBe(true);
    });
    await test.step('table', async () => {
      await openTable(page, cluster.contexts.all);
      // It takes the focus when it comes.
      await expect(page.getByRole('grid')).toBeVisible();
      expect((await walk(page, 14)).some((what) => what.includes('Spark applications'))).toBe(true);
    });
    await test.step('application', async () => {
      await run(page, name);
      await expect(page.getByRole('heading', { name })).toBeVisible();
      expect((await walk(page, 20)).some((what) => what.includes('Re-run'))).toBe(true);
    });
    await test.step('drafts and settings', async () => {
      await page.keyboard.press('2');
      await expect(page.getByRole('heading', { name: 'Drafts' })).toBeVisible();
      await walk(page, 10);
      await page.keyboard.press('ControlOrMeta+,');
      await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
      await walk(page, 14);
    });
  } finally {
    await remove(cluster, name);
  }
});
