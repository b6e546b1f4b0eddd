import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { parse, stringify } from 'yaml';
import { expect, test } from './launch.ts';
import { indicator, openTable } from './screen.ts';

const PLURAL = 'sparkapplications.sparkoperator.k8s.io';
const BIDI = '\u202e';
const TAG = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script><b id="made">bold</b>';
const ANSI = '\u001b[31mred\u001b[0m\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007';
const TURNED = `exit code ${BIDI}0 edoc\u2066\u200b\ufeff`;
const EVIL = `${TAG} ${ANSI} ${TURNED}`;
/** Characters that turn, hide or colour text, and must never reach the screen as themselves. */
const HIDDEN = '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u200b\\u202a-\\u202e\\u2066-\\u2069\\ufeff]';

/** What is wrong with the page now: elements or globals that the text made, raw control characters, a layout that overflows. */
const wrongs = (page: Page) =>
  page.evaluate((hidden) => {
    const found: string[] = [];
    if ('pwned' in window) found.push('a script ran');
    if (document.querySelector('#made, img[src="x"], [onerror]') !== null) found.push('an element was made');
    const raw = new RegExp(hidden);
    // The editor draws such characters as boxes of its own.
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement?.closest('.monaco-editor, script, style') !== null) continue;
      if (raw.test(node.nodeValue ?? '')) found.push(`raw in ${node.parentElement?.outerHTML.slice(0, 200)}`);
    }
    for (const element of document.querySelectorAll('[title], [aria-label]')) {
      if (element.closest('.monaco-editor') !== null) continue;
      const text = `${element.getAttribute('title') ?? ''}${element.getAttribute('aria-label') ?? ''}`;
      if (raw.test(text)) found.push(`raw in the label of ${element.outerHTML.slice(0, 200)}`);
    }
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    if (scrollWidth > clientWidth || scrollHeight > clientHeight) found.push('the window scrolls as a whole');
    return found;
  }, HIDDEN);

test('what a cluster says is text: markup, terminal codes and turned text are shown, never obeyed', async ({
  demo,
  launch,
}, info) => {
  test.skip(process.env.EMBERDECK_CLUSTER === 'real', 'a real API server does not take such objects');
  const cluster = await demo();
  const name = 'hostile';
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const put = (object: string, more: { state: string; message: string }) => {
    const at = { namespace: 'default', creationTimestamp: now };
    cluster.api.put(PLURAL, {
      apiVersion: 'sparkoperator.k8s.io/v1beta2',
      kind: 'SparkApplication',
      metadata: { ...at, name: object, uid: `uid-${object.length}`, labels: { 'a/b': EVIL }, annotations: { note: EVIL } },
      spec: {
        type: 'Scala',
        mode: 'cluster',
        image: EVIL,
        mainClass: EVIL,
        mainApplicationFile: EVIL,
        arguments: [EVIL, 'x'.repeat(5_000)],
        sparkVersion: '3.5.7',
        restartPolicy: { type: 'Never' },
        driver: { cores: 1, memory: '512m' },
        executor: { instances: 1, cores: 1, memory: '512m' },
      },
      status: {
        applicationState: { state: more.state, errorMessage: more.message },
        driverInfo: { podName: `${name}-driver` },
        lastSubmissionAttemptTime: now,
        terminationTime: now,
        executionAttempts: 1,
        submissionAttempts: 1,
      },
    });
    for (const kind of ['Normal', 'Warning']) {
      cluster.api.put('events', {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { ...at, name: `${object.length}.${kind}`, uid: `uid-${object.length}-${kind}` },
        involvedObject: {
          apiVersion: 'sparkoperator.k8s.io/v1beta2',
          kind: 'SparkApplication',
          namespace: 'default',
          name: object,
          uid: `uid-${object.length}`,
        },
        type: kind,
        reason: EVIL,
        message: `${EVIL}\n${'long '.repeat(2_000)}`,
        count: 1,
        firstTimestamp: now,
        lastTimestamp: now,
        source: { component: EVIL },
      });
    }
  };
  put(name, { state: 'FAILED', message: EVIL });
  put(`${name}-word`, { state: EVIL, message: `${EVIL}\n`.repeat(300) });
  put(`${name}-${TAG}${BIDI}-name`, { state: 'FAILED', message: 'x'.repeat(100_000) });

  const config = parse(readFileSync(cluster.path, 'utf8'));
  config.contexts.push({ name: `${TAG}${TURNED}`, context: { cluster: `nowhere ${EVIL}`, user: 'admin' } });
  writeFileSync(cluster.path, stringify(config));
  const { page } = await launch(cluster.path);

  await test.step('contexts', async () => {
    await expect(page.getByText('<img src=x', { exact: false }).first()).toBeVisible();
    await page.screenshot({ path: info.outputPath('contexts.png') });
    expect.soft(await wrongs(page)).toEqual([]);
  });
  await test.step('table', async () => {
    await openTable(page, 'demo');
    const rows = page.getByRole('grid').locator('[role="row"][aria-rowindex]');
    await expect(page.getByRole('grid').getByText('<img src=x', { exact: false }).first()).toBeVisible();
    await page.screenshot({ path: info.outputPath('table.png') });
    expect.soft(await wrongs(page)).toEqual([]);
    const heights = await rows.evaluateAll((all) => all.slice(1).map((each) => each.getBoundingClientRect().height));
    expect(heights).toEqual([28, 28, 28]);
  });
  await test.step('menu, question and palette', async () => {
    const row = page.getByRole('row').filter({ hasText: '-name' }).last();
    await row.click({ button: 'right' });
    await expect(page.getByRole('menu')).toBeVisible();
    expect.soft(await wrongs(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toBeHidden();
    await page.keyboard.press('Delete');
    await expect(page.getByRole('dialog')).toContainText('<img src=x');
    await page.screenshot({ path: info.outputPath('question.png') });
    expect.soft(await wrongs(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press('ControlOrMeta+K');
    await expect(page.getByRole('option').filter({ hasText: '<img src=x' }).first()).toBeAttached();
    await page.screenshot({ path: info.outputPath('palette.png') });
    expect.soft(await wrongs(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('combobox', { name: 'Search or run' })).toBeHidden();
  });
  for (const application of [name, `${name}-word`]) {
    await test.step(`page of ${application}`, async () => {
      await page.keyboard.press('1');
      await page.getByRole('grid').getByText(application, { exact: true }).dblclick();
      await expect(page.getByRole('heading', { name: application, exact: true })).toBeVisible();
      await expect(page.getByRole('main')).toContainText('⟨U+202E⟩');
      await page.screenshot({ path: info.outputPath(`${application}.png`) });
      expect.soft(await wrongs(page)).toEqual([]);
      for (const tab of ['YAML', 'Events', 'Spark UI']) {
        await page.getByRole('tab', { name: tab }).click();
        await expect(page.getByRole('tab', { name: tab, selected: true })).toBeVisible();
        if (tab !== 'Spark UI') await expect(page.getByRole('tabpanel')).toContainText('<img src=x');
        await page.screenshot({ path: info.outputPath(`${application}-${tab}.png`) });
        expect.soft(await wrongs(page)).toEqual([]);
      }
    });
  }
  await test.step('a draft made of it', async () => {
    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.getByRole('button', { name: 'Edit as new' }).click();
    await expect(page.locator('.monaco-editor .view-lines')).toContainText('hostile');
    await page.screenshot({ path: info.outputPath('draft.png') });
    expect.soft(await wrongs(page)).toEqual([]);
  });
  await test.step('a context of another one’s making', async () => {
    await page.getByRole('button', { name: /^Context / }).click();
    await expect(page.getByRole('option').filter({ hasText: '<img src=x' })).toBeVisible();
    await page.screenshot({ path: info.outputPath('picker.png') });
    expect.soft(await wrongs(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(indicator(page, /live|connected/)).toBeVisible();
  });
});

test('words of a hostile API server and login plugin are text as well', async ({ demo, launch }, info) => {
  test.skip(process.env.EMBERDECK_CLUSTER === 'real', 'a real API server does not speak so');
  const cluster = await demo();
  const { page } = await launch(cluster.path);
  cluster.faults.add({
    match: { path: 'sparkapplications' },
    kind: 'status',
    status: 403,
    body: {
      message: `${EVIL} User "${EVIL}" cannot list resource "${EVIL}; rm -rf /" in API group ""`,
      details: { kind: EVIL, name: EVIL },
    },
  });
  await page
    .getByRole('button', { name: /^demo( |$)/ })
    .first()
    .click();
  await page.getByRole('button', { name: /^Cannot be seen/ }).click();
  await expect(page.getByRole('dialog')).toContainText('may not');
  await page.screenshot({ path: info.outputPath('refused.png') });
  expect.soft(await wrongs(page)).toEqual([]);
  // A command that holds a server's words must not be offered to a shell.
  for (const command of await page.locator('code').allInnerTexts()) expect(command).not.toMatch(/rm -rf|<img/);
});
