import { expect, type Page } from '@playwright/test';
import { FAILED, RUNNING } from './cast.ts';
import { CONTEXT, LIVE } from './stage.ts';

/** One picture: its file's name, and how to get there from wherever the window is. */
export interface Screen {
  name: string;
  show(page: Page): Promise<void>;
}

/** Those of the README, with their colours. */
export const readme: readonly { screen: string; colorScheme: 'light' | 'dark' }[] = [
  { screen: 'applications', colorScheme: 'light' },
  { screen: 'application-running', colorScheme: 'dark' },
  { screen: 'application-failed', colorScheme: 'light' },
  { screen: 'editor-problem', colorScheme: 'dark' },
  { screen: 'spark-ui', colorScheme: 'light' },
  { screen: 'demo', colorScheme: 'light' },
];

const application = (namespace: string, name: string, tab = 'overview', context = CONTEXT) =>
  `emberdeck://${encodeURIComponent(context)}/${namespace}/sparkapplication/${name}?tab=${tab}`;
const heading = (page: Page, name: string) => expect(page.getByRole('heading', { name })).toBeVisible();

/** Opens an address as a person pastes it: through the palette. */
async function open(page: Page, address: string): Promise<void> {
  const search = page.getByRole('combobox', { name: 'Search or run' });
  // Right after a start the keys are not listened to yet.
  await expect(async () => {
    if (!(await search.isVisible())) await page.keyboard.press('ControlOrMeta+K');
    await expect(search).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 10_000 });
  await search.fill(address);
  await expect(page.getByRole('option').first()).toContainText(address);
  await page.keyboard.press('Enter');
  await expect(search).toBeHidden();
}

async function openTable(page: Page, context = CONTEXT, namespace = '*'): Promise<void> {
  await open(page, `emberdeck://${encodeURIComponent(context)}/${namespace}/applications`);
}

async function openApplication(page: Page, namespace: string, name: string, tab?: string, context = CONTEXT): Promise<void> {
  await open(page, application(namespace, name, tab, context));
  await heading(page, name);
}

/** The Spark UI of an application that runs. */
export function sparkUi(context: string, namespace: string, name: string): Screen {
  return {
    name: 'spark-ui',
    async show(page) {
      await openApplication(page, namespace, name, 'spark', context);
      const frame = page.frameLocator(`iframe[title="Spark UI of ${name}"]`);
      await expect(frame.getByText(/Spark Jobs/)).toBeVisible({ timeout: 60_000 });
      // Spark's pages show how it stood when they were asked for.
      await expect(async () => {
        await frame.getByRole('link', { name: 'Jobs' }).first().click();
        await expect(frame.locator('#activeJob-table')).toBeVisible({ timeout: 2_000 });
      }).toPass({ timeout: 30_000 });
    },
  };
}

async function openPage(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click();
  await heading(page, name);
}

async function openDraft(page: Page, title: string): Promise<void> {
  await openPage(page, 'Drafts');
  await page.getByRole('list', { name: 'Drafts' }).getByRole('button', { name: title }).first().click();
  await expect(page.locator('.monaco-editor .view-lines')).toBeVisible();
}

/** Every screen, in the order in which they are shot. */
export const screens: readonly Screen[] = [
  {
    name: 'applications',
    async show(page) {
      await openTable(page);
      await expect(page.getByRole('grid').getByText(RUNNING)).toBeVisible();
      await expect(page.getByRole('banner').getByText('live')).toBeVisible();
    },
  },
  {
    name: 'application-running',
    async show(page) {
      await openApplication(page, 'analytics', RUNNING);
      await expect(page.getByRole('region', { name: 'Timeline' }).locator('[data-state]').first()).toBeAttached();
    },
  },
  {
    name: 'application-failed',
    async show(page) {
      await openApplication(page, 'payments', FAILED);
      await expect(page.getByRole('region', { name: 'Timeline' }).locator('[data-state]').first()).toBeAttached();
    },
  },
  {
    name: 'editor-problem',
    async show(page) {
      await openDraft(page, 'orders-backfill');
      await expect(page.getByRole('list', { name: 'Problems' }).getByRole('listitem').first()).toBeVisible({ timeout: 20_000 });
    },
  },
  sparkUi(CONTEXT, 'analytics', LIVE),
  {
    name: 'demo',
    async show(page) {
      await page.keyboard.press('ControlOrMeta+K');
      await page.getByRole('combobox', { name: 'Search or run' }).fill('Start the demo cluster');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('grid').getByText('clickstream-etl')).toBeVisible();
      await page
        .getByRole('banner')
        .getByRole('button', { name: /^demo:/ })
        .click();
      await expect(page.getByRole('menuitem', { name: /^All goes well/ })).toBeVisible();
    },
  },
];

/** The others, for a review of all. */
export const more: readonly Screen[] = [
  { name: 'application-yaml', show: (page) => openApplication(page, 'analytics', RUNNING, 'yaml') },
  { name: 'application-events', show: (page) => openApplication(page, 'payments', FAILED, 'events') },
  { name: 'application-pull-failing', show: (page) => openApplication(page, 'payments', 'fraud-features-hourly') },
  { name: 'application-submission-failed', show: (page) => openApplication(page, 'ml', 'recommendations-train') },
  { name: 'application-completed', show: (page) => openApplication(page, 'payments', 'ledger-close') },
  { name: 'application-live', show: (page) => openApplication(page, 'analytics', LIVE) },
  { name: 'spark-ui-ended', show: (page) => openApplication(page, 'payments', FAILED, 'spark') },
  { name: 'application-absent', show: (page) => open(page, application('analytics', 'nobody')) },
  {
    name: 'application-delete',
    async show(page) {
      await openApplication(page, 'analytics', RUNNING);
      await page.getByRole('button', { name: 'Delete' }).first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'palette',
    async show(page) {
      await openTable(page);
      await page.keyboard.press('ControlOrMeta+K');
      await page.keyboard.insertText('ord');
    },
  },
  {
    name: 'keys',
    async show(page) {
      await openTable(page);
      await page.keyboard.press('?');
    },
  },
  {
    name: 'applications-filtered',
    async show(page) {
      await openTable(page);
      await page.keyboard.press('/');
      await page.keyboard.insertText('failed');
    },
  },
  {
    name: 'context-picker',
    async show(page) {
      await openTable(page);
      await page.getByRole('button', { name: `Context ${CONTEXT}`, exact: true }).click();
    },
  },
  {
    name: 'namespace-picker',
    async show(page) {
      await openTable(page);
      await page.getByRole('button', { name: /^Namespace ./ }).click();
    },
  },
  {
    name: 'row-menu',
    async show(page) {
      await openTable(page);
      await page.getByRole('grid').getByText(FAILED, { exact: true }).click({ button: 'right' });
    },
  },
  { name: 'applications-none', show: (page) => openTable(page, CONTEXT, 'kube-system') },
  { name: 'applications-forbidden', show: (page) => openTable(page, 'prod-eu-readonly', 'payments') },
  {
    name: 'applications-unreachable',
    async show(page) {
      await openTable(page, 'staging');
      await page.waitForTimeout(2_500);
    },
  },
  { name: 'editor', show: (page) => openDraft(page, 'customer-360-rerun') },
  { name: 'drafts', show: (page) => openPage(page, 'Drafts') },
  { name: 'settings', show: (page) => openPage(page, 'Settings') },
  { name: 'welcome', show: (page) => open(page, 'emberdeck:///welcome') },
];
