import { expect, type Page } from '@playwright/test';

/** Selects all that is in the editor and types over it, a line at a time as a person does: the editor indents new lines itself. */
export async function typeYaml(page: Page, text: string): Promise<void> {
  await focusEditor(page);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  const lines = text.trimEnd().split('\n');
  for (const [index, line] of lines.entries()) {
    if (index > 0) await page.keyboard.press('Enter');
    await page.keyboard.type(line.trimStart());
  }
}

/** Replaces the whole text at once, as pasting does. */
export async function pasteYaml(page: Page, text: string): Promise<void> {
  await focusEditor(page);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

async function focusEditor(page: Page): Promise<void> {
  await expect(page.locator('.monaco-editor .view-lines')).toBeVisible();
  await page.locator('.monaco-editor .view-lines').click({ position: { x: 200, y: 10 } });
}
