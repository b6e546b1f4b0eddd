import { expect, type Locator, type Page } from '@playwright/test';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The door of a context on the first screen. */
export function door(page: Page, context: string): Locator {
  return page.getByRole('list', { name: 'Contexts' }).getByRole('button', { name: new RegExp(`^${escaped(context)}( |$)`) });
}

/** Chooses a context in the header. */
export async function switchContext(page: Page, context: string): Promise<void> {
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^(Context |Choose a context)/ })
    .click();
  const filter = page.getByRole('combobox', { name: 'Filter contexts' });
  await filter.fill(context);
  await page.getByRole('option', { name: new RegExp(`^${escaped(context)}(\\s|$)`) }).click();
  await expect(page.getByRole('button', { name: `Context ${context}`, exact: true })).toBeVisible();
}

/** What the header says of the data on screen. */
export function indicator(page: Page, words: string | RegExp): Locator {
  return page.getByRole('banner').getByText(words);
}

/** Opens the table of a context from the first screen. */
export async function openTable(page: Page, context: string): Promise<void> {
  await door(page, context).click();
  await expect(page.getByRole('heading', { name: 'Applications' })).toBeVisible();
  await expect(indicator(page, 'live')).toBeVisible();
}

/** A row of the table. */
export function row(page: Page, name: string): Locator {
  return page
    .getByRole('grid')
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });
}

/** A problem listed under the editor, by its line and words. */
export function problem(page: Page, line: number, words: string | RegExp): Locator {
  return page
    .getByRole('list', { name: 'Problems' })
    .getByRole('listitem')
    .filter({ has: page.getByText(`line ${line}`, { exact: true }) })
    .filter({ hasText: words });
}

/** The longest time in milliseconds that the page did nothing else, from the call of this until the call of what it returns. */
export async function watchForFreezes(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    let last = performance.now();
    window.name = '0';
    setInterval(() => {
      const now = performance.now();
      window.name = String(Math.max(Number(window.name), now - last));
      last = now;
    }, 20);
  });
  return () => page.evaluate(() => Number(window.name));
}
