import type { Page } from '@playwright/test';
import { pasteYaml } from './editor.ts';
import { expect, test } from './fixtures.ts';
import { openTable } from './screen.ts';

/** What the editor knows: it comes from the schema of the connected cluster, or from our own where the kind is not installed. */
async function newDraft(page: Page, context: string): Promise<void> {
  await openTable(page, context);
  await page.getByRole('button', { name: 'New application' }).click();
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('SparkApplication');
}

const head = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: pi
spec:
`;

test('completion offers the fields of the kind, and Tab takes one', async ({ app, cluster }) => {
  const { page } = app;
  await newDraft(page, cluster.contexts.all);
  await pasteYaml(page, `${head}  `);
  await page.keyboard.type('mainC');
  await page.keyboard.press('ControlOrMeta+Space');
  const offered = page.locator('.suggest-widget').getByRole('option', { name: /^mainClass/ });
  await expect(offered).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('mainClass:');
});

test('a field tells what it is for', async ({ app, cluster }) => {
  const { page } = app;
  await newDraft(page, cluster.contexts.all);
  await pasteYaml(page, `${head}  mainApplicationFile: local:///opt/spark/jobs/jobs.jar\n`);
  const field = page.locator('.monaco-editor .view-line').filter({ hasText: 'mainApplicationFile' }).locator('span span').nth(1);
  await field.hover();
  await expect(page.locator('.monaco-hover').filter({ hasText: /\w+ \w+ \w+/ })).toBeVisible();
});

test('what the schema does not allow is listed with its line before anything is sent', async ({ app, cluster }) => {
  const { page } = app;
  await newDraft(page, cluster.contexts.all);
  await pasteYaml(page, `${head}  type: Perl\n  nonsense: 1\n`);
  const problems = page.getByRole('list', { name: 'Problems' });
  await expect(problems.getByRole('listitem').filter({ hasText: 'line 6' })).toBeVisible();
  await expect(problems.getByRole('listitem').filter({ hasText: 'line 7' }).filter({ hasText: 'nonsense' })).toBeVisible();
});

test('comments, order and a second document stay as they were typed', async ({ app, cluster }) => {
  const { page } = app;
  await newDraft(page, cluster.contexts.all);
  const text = `# why this job exists\n${head}  sparkVersion: 3.5.7 # pinned\n---\n# the second\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\n`;
  await pasteYaml(page, text);
  await expect(page.getByText(/^saved \d/)).toBeVisible();
  await page.getByRole('button', { name: /^Check/ }).click();
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('# why this job exists');
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('# the second');
});
