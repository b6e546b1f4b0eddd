import type { Page } from '@playwright/test';
import type { App } from './app.ts';
import { pasteYaml, typeYaml } from './editor.ts';
import { expect, freshName, type TestCluster, test as withApp } from './fixtures.ts';
import { draftsOf, test as withLaunch } from './launch.ts';
import { indicator, openTable, problem, row, watchForFreezes } from './screen.ts';

/** Never runs: the operator only notes that it is suspended. */
const manifest = (name: string, more = '') => `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: ${name}
  namespace: default
spec:
  type: Scala
  mode: cluster
  suspend: true
  image: emberdeck.test/spark:3.5.7
  imagePullPolicy: Never
  mainClass: jobs.Job
  mainApplicationFile: local:///opt/spark/jobs/jobs.jar
  sparkVersion: 3.5.7
  restartPolicy: {type: Never}
  driver: {cores: 1, memory: 512m, serviceAccount: spark}
  executor: {instances: 1, cores: 1, memory: 512m}
${more}`;

const applications = '/apis/sparkoperator.k8s.io/v1beta2/namespaces/default/sparkapplications';
const codeOf = (cluster: TestCluster, name: string) =>
  cluster.api.request({ method: 'GET', path: `${applications}/${name}` }).then(
    () => 'there',
    (error) => error.failure.code,
  );
const create = (cluster: TestCluster, name: string) =>
  cluster.api.request({
    method: 'PATCH',
    path: `${applications}/${name}`,
    query: { fieldManager: 'specs' },
    contentType: 'application/apply-patch+yaml',
    body: manifest(name),
  });
const remove = (cluster: TestCluster, name: string) =>
  cluster.api.request({ method: 'DELETE', path: `${applications}/${name}` }).catch(() => undefined);

const submit = (page: Page) => page.keyboard.press('ControlOrMeta+Enter');

/** The draft holds `text` on the screen and on the disk. */
async function expectKept(app: App, text: string, sample: string): Promise<void> {
  await expect.poll(() => draftsOf(app)).toContain(text);
  await expect(app.page.locator('.monaco-editor .view-lines')).toContainText(sample);
}

withApp.describe('in the editor', () => {
  withApp.beforeEach(async ({ app, cluster }) => {
    await openTable(app.page, cluster.contexts.all);
    await app.page.keyboard.press('n');
    await expect(app.page.getByRole('region', { name: 'Draft' })).toBeVisible();
  });
  const nothingCreated = (page: Page) => expect(page.getByText('Refused. Nothing was created.')).toBeVisible();

  withApp('a syntax error is told at its line, without asking the server', async ({ app }) => {
    const { page } = app;
    await typeYaml(page, 'kind: SparkApplication\nmetadata:\nname: a: b\nlabels: {}\n');
    await expect(problem(page, 3, /schema$/).first()).toBeVisible();
    await submit(page);
    await nothingCreated(page);
    await expect(problem(page, 3, /mappings are not allowed.*text$/i).first()).toBeVisible();
    await expectKept(app, 'kind: SparkApplication\nmetadata:\n  name: a: b\n  labels: {}', 'a: b');
  });

  withApp('a kind that is no Spark application is told at its line', async ({ app }) => {
    const { page } = app;
    const text = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n';
    await pasteYaml(page, text);
    await submit(page);
    await nothingCreated(page);
    await expect(problem(page, 2, 'Line 2: apps/v1 Deployment is no kind of Spark application.')).toBeVisible();
    await expectKept(app, text, 'Deployment');
  });

  withApp(
    'an unknown field is told at its line: by the schema while typing, by the server when asked',
    async ({ app, cluster }) => {
      const { page } = app;
      const name = freshName('e2e-unknown');
      const text = manifest(name, '  colour: red\n');
      await pasteYaml(page, text);
      await expect(problem(page, 18, /colour.*schema/s)).toBeVisible();
      await submit(page);
      await nothingCreated(page);
      await expect(problem(page, 18, /spec\.colour.*server/s)).toBeVisible();
      expect(await codeOf(cluster, name)).toBe('not-found');
      await expectKept(app, text, 'colour');
      await withApp.step('a press on the problem goes to its line', async () => {
        await problem(page, 18, 'server').getByRole('button').click();
        await page.keyboard.press('Home');
        await page.keyboard.press('ControlOrMeta+Shift+K');
        await expect(problem(page, 18, 'server')).toBeHidden();
        await expect.poll(() => draftsOf(app)).toContain(manifest(name));
      });
    },
  );

  withApp('two documents of which one is bad: nothing is created', async ({ app, cluster }) => {
    const { page } = app;
    const name = freshName('e2e-pair');
    const text = `${manifest(name)}---\n${manifest(`${name}-2`, '  colour: red\n')}`;
    await pasteYaml(page, text);
    await submit(page);
    await nothingCreated(page);
    await expect(problem(page, 36, /spec\.colour.*server/s)).toBeVisible();
    expect(await codeOf(cluster, name)).toBe('not-found');
    expect(await codeOf(cluster, `${name}-2`)).toBe('not-found');
    await expectKept(app, text, name);
  });

  withApp('a name that is taken is told at its line, and what is there stays as it is', async ({ app, cluster }) => {
    const { page } = app;
    const name = freshName('e2e-taken');
    const uidOf = async () => JSON.stringify((await create(cluster, name)).body).match(/"uid":"([^"]+)"/)?.[1];
    const uid = await uidOf();
    try {
      const text = manifest(name).replace('instances: 1', 'instances: 7');
      await pasteYaml(page, text);
      await submit(page);
      await nothingCreated(page);
      await expect(problem(page, 4, `There is already a SparkApplication ${name} in default.`)).toBeVisible();
      expect(await uidOf()).toBe(uid);
      await expectKept(app, text, name);
    } finally {
      await remove(cluster, name);
    }
  });

  withApp('nothing at all, and a name that no server takes', async ({ app }) => {
    const { page } = app;
    await pasteYaml(page, '# only a remark');
    await submit(page);
    await expect(problem(page, 1, 'There is nothing to submit.')).toBeVisible();
    await pasteYaml(page, manifest('../../../api/v1/secrets'));
    await submit(page);
    await expect(problem(page, 4, /metadata\.name: Invalid value/)).toBeVisible();
  });

  withApp('2 MB of text: a clear sentence, and a window that answers', async ({ app }) => {
    const { page } = app;
    const text = manifest('large', `  arguments:\n${`    - "${'x'.repeat(93)}"\n`.repeat(21_000)}`);
    await pasteYaml(page, manifest('large'));
    const longest = await watchForFreezes(page);
    await page.keyboard.press('ControlOrMeta+A');
    await page.evaluate(async (large) => {
      const data = new DataTransfer();
      data.setData('text/plain', large);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, text);
    await submit(page);
    await expect(problem(page, 1, '2.0 MiB are too much; the limit is 1.5 MiB.')).toBeVisible({ timeout: 20_000 });
    await expect.poll(() => draftsOf(app).map((each) => each.length)).toContain(text.length);
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type('# still here');
    await expect(page.locator('.monaco-editor .view-lines')).toContainText('still here', { timeout: 2_000 });
    expect(await longest()).toBeLessThan(1_500);
  });
});

withApp(
  'an application that is deleted meanwhile stays readable on its page, and the table says so',
  async ({ app, cluster }) => {
    const { page } = app;
    const name = freshName('e2e-deleted');
    await create(cluster, name);
    await openTable(page, cluster.contexts.all);
    await row(page, name).dblclick();
    await expect(page.getByRole('heading', { name })).toBeVisible();
    await withApp.step('its page', async () => {
      await remove(cluster, name);
      await expect(page.getByText(`${name} was deleted. This is what was last known of it.`)).toBeVisible();
      await page.getByRole('tab', { name: 'YAML' }).click();
      await expect(page.getByRole('region', { name: 'YAML' })).toContainText(name);
    });
    await withApp.step('run again from what was last known', async () => {
      await page.getByRole('button', { name: 'Re-run as new' }).click();
      await expect(page.locator('.monaco-editor .view-lines')).toContainText(name);
    });
    await withApp.step('deleted while the question stands', async () => {
      await create(cluster, `${name}-b`);
      await page.getByRole('button', { name: 'Applications', exact: true }).click();
      await row(page, `${name}-b`).click();
      await page.keyboard.press('Delete');
      const question = page.getByRole('dialog');
      await expect(question).toContainText(`${name}-b`);
      await remove(cluster, `${name}-b`);
      await expect(row(page, `${name}-b`)).toBeHidden();
      await question.getByRole('button', { name: /^Delete/ }).click();
      await expect(question).toContainText(new RegExp(`There is no sparkapplication ${name}-b in default`, 'i'));
    });
  },
);

withApp('an address of nothing says so, and shows the application when it is made', async ({ app, cluster }) => {
  const { page } = app;
  const name = freshName('e2e-later');
  await openTable(page, cluster.contexts.all);
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('combobox').fill(`emberdeck://${cluster.contexts.all}/default/sparkapplication/${name}`);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`There is no application ${name} in default`)).toBeVisible();
  await create(cluster, name);
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await remove(cluster, name);
});

withLaunch('a cluster without the operator: the table and the editor say so, nothing typed is lost', async ({ demo, launch }) => {
  withLaunch.skip(process.env.EMBERDECK_CLUSTER === 'real', 'the operators of a real cluster are not taken away for a test');
  const cluster = await demo({ operators: [] });
  const app = await launch(cluster.path);
  const { page } = app;
  await openTable(page, 'demo');
  await page.getByRole('button', { name: /^Not installed here: Kubeflow/ }).click();
  await expect(page.getByRole('dialog')).toContainText('This cluster does not know sparkapplications.sparkoperator.k8s.io.');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New application' }).click();
  const text = manifest('no-operator', '  colour: red\n');
  await pasteYaml(page, text);
  await withLaunch.step('our own schema stands in', () => expect(problem(page, 18, /colour.*schema/s)).toBeVisible());
  await submit(page);
  await expect(problem(page, 2, 'This cluster does not know SparkApplication.sparkoperator.k8s.io.')).toBeVisible();
  await expectKept(app, text, 'colour');
});

withLaunch('a server in trouble: its words, and the text stays', async ({ demo, launch }) => {
  withLaunch.skip(process.env.EMBERDECK_CLUSTER === 'real', 'faults are made by the small API server only');
  const cluster = await demo();
  const app = await launch(cluster.path);
  const { page } = app;
  await openTable(page, 'demo');
  await page.getByRole('button', { name: 'New application' }).click();
  const text = manifest('in-trouble');
  await pasteYaml(page, text);
  const draft = page.getByRole('region', { name: 'Draft' });
  const fault = { method: 'PATCH' };
  for (const [status, words] of [
    [500, /Internal error occurred/],
    [429, /too much to do/],
    [401, /does not accept these credentials/],
  ] as const) {
    cluster.faults.add({ match: fault, kind: 'status', status });
    await submit(page);
    await expect(draft).toContainText(words);
    await expectKept(app, text, 'in-trouble');
    cluster.faults.clear();
  }
  await withLaunch.step('the connection breaks in the middle', async () => {
    cluster.faults.add({ match: fault, kind: 'reset' });
    await submit(page);
    await expect(draft).toContainText('cannot be reached');
    cluster.faults.clear();
  });
  await withLaunch.step('and then it works', async () => {
    await submit(page);
    await expect(page.getByRole('heading', { name: 'in-trouble' })).toBeVisible();
    await expect(indicator(page, 'live')).toBeVisible();
    expect(cluster.api.get('sparkapplications.sparkoperator.k8s.io', 'default', 'in-trouble')).not.toBeNull();
  });
});
