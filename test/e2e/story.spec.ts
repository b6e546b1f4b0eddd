import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './app.ts';
import { typeYaml } from './editor.ts';
import { expect, freshName, test } from './fixtures.ts';

/**
 * SparkPi as a person would write it. On the real cluster the very example of the cluster's own folder is typed where it is there;
 * the small API server plays the same job, slowed down so that its pages can be looked at.
 */
function manifest(name: string, isReal: boolean): string {
  const example = join(root, '../shared/cluster/examples/pi.yaml');
  if (isReal) {
    try {
      return readFileSync(example, 'utf8').replace('{name: pi,', `{name: ${name},`);
    } catch {
      // Another cluster: the job below must then run on it.
    }
  }
  return `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: ${name}, namespace: default}
spec:
  type: Scala
  mode: cluster
  image: emberdeck.test/spark:3.5.7
  imagePullPolicy: Never
  mainClass: jobs.Job
  mainApplicationFile: local:///opt/spark/jobs/jobs.jar
  arguments: [slow, "10"]
  sparkVersion: 3.5.7
  restartPolicy: {type: Never}
  driver: {cores: 1, coreRequest: 200m, memory: 512m, serviceAccount: spark}
  executor: {instances: 2, cores: 1, coreRequest: 200m, memory: 512m}
`;
}

test('from a kubeconfig to a finished application', async ({ app, cluster }) => {
  const { page } = app;
  const name = freshName('e2e-pi');
  const path = `/apis/sparkoperator.k8s.io/v1beta2/namespaces/default/sparkapplications/${name}`;

  await test.step('choose the context', async () => {
    await page.getByRole('button', { name: new RegExp(`^${cluster.contexts.all}( |$)`) }).click();
    await expect(page.getByRole('heading', { name: 'Applications' })).toBeVisible();
    await expect(page.getByRole('banner').getByText('live')).toBeVisible();
  });

  await test.step('write the application', async () => {
    await page.getByRole('button', { name: 'New application' }).click();
    await typeYaml(page, manifest(name, cluster.isReal));
    await expect(page.getByText(/^saved \d/)).toBeVisible();
  });

  await test.step('submit it and land on its page', async () => {
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
    await expect(page.getByRole('heading', { name })).toBeVisible();
  });

  const timeline = page.getByRole('region', { name: 'Timeline' });
  const application = timeline.getByRole('listitem', { name: 'app', exact: true });
  const state = (word: string) => application.locator(`[data-state="${word}"]`);

  await test.step('see it submitted, its driver already there', async () => {
    await expect(state('SUBMITTED')).toBeAttached({ timeout: 60_000 });
    await expect(timeline.getByRole('listitem', { name: 'driver' }).locator('[data-state]').first()).toBeAttached();
  });

  await test.step('open its Spark UI inside the window while it runs', async () => {
    await page.getByRole('tab', { name: 'Spark UI' }).click();
    await expect(page.getByText(/^Waiting for the driver/).or(page.getByRole('region', { name: 'Spark UI' }))).toBeVisible();
    const frame = page.frameLocator(`iframe[title="Spark UI of ${name}"]`);
    await expect(frame.getByText(/Spark Jobs/)).toBeVisible({ timeout: 90_000 });
    const address = await page.getByRole('region', { name: 'Spark UI' }).locator('code').textContent();
    expect(new URL(address ?? '').hostname).toBe('127.0.0.1');
    const foreign = await fetch(address ?? '', { headers: { 'sec-fetch-site': 'cross-site' }, method: 'POST' });
    expect(foreign.status).toBe(403);
  });

  await test.step('see it run and complete', async () => {
    await page.getByRole('tab', { name: 'Overview' }).click();
    await expect(state('RUNNING')).toBeAttached();
    await expect(timeline.getByRole('listitem', { name: /^exec-/ })).toHaveCount(2, { timeout: 60_000 });
    await expect(state('COMPLETED')).toBeAttached({ timeout: 180_000 });
    const words = await application.locator('[data-state]').evaluateAll((segments) => segments.map((each) => each.dataset.state));
    expect(words).toEqual(['New', 'SUBMITTED', 'RUNNING', 'SUCCEEDING', 'COMPLETED']);
    const machine = page.getByRole('region', { name: 'State machine' });
    await expect(machine.locator('[data-state="COMPLETED"]')).toHaveAttribute('data-kind', 'current');
  });

  await test.step('the driver did the work', async () => {
    if (!cluster.isReal) return;
    const log = await cluster.api.request({ method: 'GET', path: `/api/v1/namespaces/default/pods/${name}-driver/log` });
    expect(String(log.body)).toContain('Pi is roughly');
  });

  await test.step('the UI says that it ended with the driver', async () => {
    await page.getByRole('tab', { name: 'Spark UI' }).click();
    await expect(page.getByText(/The driver ended .* with exit code 0/)).toBeVisible();
  });

  await test.step('run it again as a new application', async () => {
    await page.getByRole('button', { name: 'Re-run', exact: true }).click();
    await expect(page.locator('.monaco-editor .view-lines')).toContainText(`${name}-2`);
  });

  await test.step('delete it, after a question that says what is lost', async () => {
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Delete' }).click();
    const question = page.getByRole('dialog');
    await expect(question).toContainText(name);
    await question.getByRole('button', { name: /^Delete/ }).click();
    await expect(page.getByText('Deleted', { exact: true })).toBeVisible();
    await expect.poll(() => cluster.api.request({ method: 'GET', path }).catch((error) => error.failure.code)).toBe('not-found');
  });
});
