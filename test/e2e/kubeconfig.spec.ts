import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { withoutDemo } from './app.ts';
import { expect, test, writePlugin } from './launch.ts';
import { door, indicator, openTable, switchContext } from './screen.ts';

interface Entry {
  name: string;
}
interface Config {
  clusters: Entry[];
  users: (Entry & { user: object })[];
  contexts: { name: string; context: { cluster: string; user: string; namespace?: string } }[];
}

const read = (path: string): Config => parse(readFileSync(path, 'utf8'));
const write = (path: string, config: Partial<Config> & { 'current-context'?: string }) =>
  writeFileSync(path, stringify({ apiVersion: 'v1', kind: 'Config', ...config }));

/** The budget for an edit of a file to show, in milliseconds. */
const AT_ONCE = 1_000;

test('several files are one, as to kubectl; an edit of any shows within a second', async ({ cluster, folder, launch }) => {
  const { clusters, users, contexts } = read(cluster.kubeconfig);
  const [first, second, broken, late] = ['first', 'second', 'broken', 'late'].map((name) => join(folder, name));
  if (!first || !second || !broken || !late) throw new Error('four files');
  const [context] = contexts;
  if (!context) throw new Error('the kubeconfig has a context');
  // Its cluster and user stand in the other file, and both files have a context `both`.
  write(first, {
    contexts: [
      { ...context, name: 'own' },
      { name: 'both', context: { ...context.context, cluster: 'nowhere' } },
      { name: 'nobody', context: { ...context.context, user: 'stranger' } },
    ],
    'current-context': 'own',
  });
  write(second, { clusters, users, contexts: [{ ...context, name: 'both' }], 'current-context': 'both' });
  writeFileSync(broken, 'apiVersion: v1\nkind: Config\ncontexts:\n  - name: [\nusers: x\n');
  const { page } = await launch([first, second, broken, late].join(delimiter));

  await test.step('what belongs together is together, what is missing is named', async () => {
    await expect(door(page, 'own')).toContainText('kubectl’s current context');
    await expect(door(page, 'own')).toBeEnabled();
    await expect(door(page, 'both')).toBeDisabled();
    await expect(door(page, 'both')).toContainText('The context both cannot be used: its cluster "nowhere" is missing.');
    await expect(door(page, 'nobody')).toBeDisabled();
    await expect(door(page, 'nobody')).toContainText('its user "stranger" is missing');
  });
  const files = page.getByRole('list', { name: 'Files that could not be read' });
  await test.step('the broken file is named with its line', async () => {
    await expect(files).toContainText(`${broken}, line 5, column 1, is no kubeconfig that can be read`);
  });
  await test.step('mended, it is no longer named, and its contexts are there', async () => {
    write(broken, { contexts: [{ ...context, name: 'mended' }] });
    await door(page, 'mended').waitFor({ timeout: AT_ONCE });
    await expect(files).toBeHidden();
  });
  await test.step('a file that appears, and one that is renamed into place, show within a second', async () => {
    write(late, { contexts: [{ ...context, name: 'late' }] });
    await door(page, 'late').waitFor({ timeout: AT_ONCE });
    write(`${late}.new`, { contexts: [{ ...context, name: 'later' }] });
    renameSync(`${late}.new`, late);
    await door(page, 'later').waitFor({ timeout: AT_ONCE });
    await expect(door(page, 'late')).toBeHidden();
  });
  await test.step('the context of two files is usable', () => openTable(page, 'own'));
  await test.step('the file breaks while its context is open: what is on screen stays', async () => {
    writeFileSync(late, 'contexts: {');
    await page.getByRole('button', { name: 'Context own' }).click();
    await files.getByText(`${late}, line 1`, { exact: false }).waitFor({ timeout: AT_ONCE });
    await expect(indicator(page, 'live')).toBeVisible();
  });
});

test('no kubeconfig: said so, and a file can be picked', async ({ cluster, folder, launch }) => {
  const app = await launch('', withoutDemo(join(folder, 'data')));
  const { page } = app;
  const pick = async (path: string) => {
    if (app.electron !== null) {
      await app.electron.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
      }, path);
      await page.getByRole('button', { name: 'Choose a file…' }).click();
      return;
    }
    await page.getByRole('textbox', { name: 'Path of a kubeconfig file' }).fill(path);
    await page.getByRole('button', { name: 'Add file' }).click();
  };
  await test.step('the place looked at is named', async () => {
    await expect(page.getByRole('heading', { name: 'No kubeconfig was found.' })).toBeVisible();
    const places = page.getByRole('list', { name: 'Places looked at' });
    await expect(places).toContainText(join(app.dataFolder, '.kube/config'));
    await expect(places).toContainText('not there');
  });
  await test.step('a file that is not there is refused in words', async () => {
    await pick(join(folder, 'absent'));
    await expect(page.getByText(`There is no kubeconfig at ${join(folder, 'absent')}.`)).toBeVisible();
  });
  await test.step('a file that is no kubeconfig is named with its line', async () => {
    const text = join(folder, 'letter.txt');
    writeFileSync(text, 'Dear all,\nclusters: are: fine\n');
    await pick(text);
    await expect(page.getByText(/letter.txt, line \d, column \d+, is no kubeconfig/).first()).toBeVisible();
  });
  await test.step('a good one is used, and remembered', async () => {
    await pick(cluster.kubeconfig);
    await openTable(page, cluster.contexts.all);
    await app.crash();
    const again = await launch('', app.dataFolder);
    await expect(again.page.getByRole('button', { name: `Context ${cluster.contexts.all}`, exact: true })).toBeVisible();
    await expect(indicator(again.page, 'live')).toBeVisible();
  });
});

test('a kubeconfig that appears in the default place shows within a second', async ({ cluster, folder, launch }) => {
  const { page, dataFolder } = await launch('', withoutDemo(join(folder, 'data')));
  await expect(page.getByRole('heading', { name: 'No kubeconfig was found.' })).toBeVisible();
  mkdirSync(join(dataFolder, '.kube'));
  writeFileSync(join(dataFolder, '.kube/config'), readFileSync(cluster.kubeconfig));
  await door(page, cluster.contexts.all).waitFor({ timeout: AT_ONCE });
});

test('login plugins that fail are told with binary, exit code and last line; none holds up another', async ({
  cluster,
  folder,
  launch,
}) => {
  test.slow();
  const { clusters, contexts } = read(cluster.kubeconfig);
  const cut = contexts[0]?.context.cluster ?? '';
  const plugins: Record<string, string> = {
    hanging: writePlugin(folder, 'login-hanging', 'echo "Open https://login.example in your browser" >&2; exec sleep 600'),
    absent: 'login-that-nobody-has',
    failing: writePlugin(
      folder,
      'login-failing',
      'echo "a first line" >&2; echo "the session ended; run login again" >&2; exit 3',
    ),
    rubbish: writePlugin(folder, 'login-rubbish', 'echo "Hello! token=s3cr3t"; echo "printed a greeting" >&2'),
  };
  const exec = (command: string) => ({
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command,
      interactiveMode: 'IfAvailable',
      installHint: 'brew install it',
    },
  });
  const path = join(folder, 'config');
  const own = read(cluster.kubeconfig);
  write(path, {
    clusters,
    users: [...own.users, ...Object.entries(plugins).map(([name, command]) => ({ name, user: exec(command) }))],
    contexts: [...contexts, ...Object.keys(plugins).map((name) => ({ name, context: { cluster: cut, user: name } }))],
  });
  const { page } = await launch(path);
  const words = page.getByRole('main');

  await door(page, 'hanging').click();
  await expect(indicator(page, 'connecting')).toBeVisible();
  const begun = Date.now();
  await test.step('absent', async () => {
    await switchContext(page, 'absent');
    await expect(indicator(page, 'signed out')).toBeVisible();
    await expect(words).toContainText('The login plugin login-that-nobody-has is not installed, or not on the PATH.');
    await expect(words).toContainText('brew install it');
  });
  await test.step('failing', async () => {
    await switchContext(page, 'failing');
    await expect(words).toContainText(`The login plugin ${plugins.failing} failed with exit code 3.`);
    await expect(words).toContainText('the session ended; run login again');
    await expect(words).not.toContainText('a first line');
  });
  await test.step('rubbish', async () => {
    await switchContext(page, 'rubbish');
    await expect(words).toContainText(`The login plugin ${plugins.rubbish} did not give a credential: it did not print JSON.`);
    await expect(words).toContainText('printed a greeting');
    await expect(page.locator('body')).not.toContainText('s3cr3t');
  });
  await test.step('a cluster without a plugin is live meanwhile', async () => {
    await switchContext(page, cluster.contexts.all);
    await expect(indicator(page, 'live')).toBeVisible();
  });
  await test.step('hanging: stopped after its time, with what it said', async () => {
    await switchContext(page, 'hanging');
    await expect(words).toContainText(`The login plugin ${plugins.hanging} did not end within 30 s and was stopped.`, {
      timeout: 40_000,
    });
    await expect(words).toContainText('Open https://login.example in your browser');
    // It went on while the others were looked at: the wait is one, not two.
    expect(Date.now() - begun).toBeLessThan(38_000);
  });
});

test('a login plugin runs once for all first calls, and again when its credential is refused', async ({
  demo,
  folder,
  launch,
}) => {
  test.skip(process.env.EMBERDECK_CLUSTER === 'real', 'needs a token that the plugin can print');
  const cluster = await demo();
  const runs = join(folder, 'runs');
  const token = join(folder, 'token');
  const answer = (text: string) =>
    JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: text } });
  writeFileSync(token, answer(cluster.token));
  const command = writePlugin(folder, 'login', `echo run >> ${runs}; sleep 1; cat ${token}`);
  const { clusters } = read(cluster.path);
  write(cluster.path, {
    clusters,
    users: [{ name: 'by-plugin', user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command } } }],
    contexts: [{ name: 'by-plugin', context: { cluster: 'demo', user: 'by-plugin' } }],
  });
  const count = () => (existsSync(runs) ? readFileSync(runs, 'utf8').trim().split('\n').length : 0);
  const { page } = await launch(cluster.path);
  await openTable(page, 'by-plugin');
  expect(count()).toBe(1);
  await test.step('one refusal: a new credential, and nobody notices', async () => {
    cluster.faults.add({ match: { path: 'sparkapplications' }, nth: 1, kind: 'status', status: 401 });
    cluster.faults.now({ path: 'watch' }, 'end');
    await expect.poll(count).toBe(2);
    await expect(indicator(page, 'live')).toBeVisible();
  });
});

test('a dead context blocks neither the start nor another one', async ({ cluster, launch }) => {
  const app = await launch(cluster.kubeconfig);
  const { page } = app;
  await door(page, 'gone').click();
  await expect(indicator(page, /unreachable/)).toBeVisible();
  await expect(page.getByRole('main')).toContainText('The API server at 127.0.0.1:1 cannot be reached');
  await test.step('another is chosen at once', async () => {
    await switchContext(page, cluster.contexts.all);
    await expect(indicator(page, 'live')).toBeVisible();
    await switchContext(page, 'gone');
    await expect(indicator(page, /unreachable/)).toBeVisible();
  });
  await test.step('the next start on it has a window all the same', async () => {
    await expect.poll(() => readFileSync(join(app.dataFolder, 'settings.json'), 'utf8')).toMatch(/"context":\s*"gone"/);
    await app.crash();
    const { page: next } = await launch(cluster.kubeconfig, app.dataFolder);
    await expect(indicator(next, /unreachable/)).toBeVisible();
    await switchContext(next, cluster.contexts.all);
    await expect(indicator(next, 'live')).toBeVisible();
  });
});

test('a context that is edited away says so, and comes back', async ({ cluster, folder, launch }) => {
  const path = join(folder, 'config');
  writeFileSync(path, readFileSync(cluster.kubeconfig));
  const { page } = await launch(path);
  await openTable(page, cluster.contexts.all);
  const { contexts, ...rest } = read(path);
  write(path, { ...rest, contexts: contexts.filter(({ name }) => name !== cluster.contexts.all) });
  await expect(page.getByRole('banner').getByText(/stale since|unreachable/)).toBeVisible();
  await expect(page.getByText(`No kubeconfig file has a context named ${cluster.contexts.all}.`).first()).toBeVisible();
  writeFileSync(path, readFileSync(cluster.kubeconfig));
  await expect(indicator(page, 'live')).toBeVisible();
  appendFileSync(path, '\n# a comment changes nothing\n');
  await expect(indicator(page, 'live')).toBeVisible();
});

test('someone who may only read one namespace sees what is forbidden and who could grant it', async ({ cluster, launch }) => {
  const { page } = await launch(cluster.kubeconfig);
  const { viewer } = cluster.contexts;
  await openTable(page, viewer);
  const picker = page.getByRole('banner').getByRole('button', { name: /^Namespace / });
  const grant = (verb: string, what: string) =>
    new RegExp(`kubectl create (cluster)?role emberdeck-\\S+ (--namespace=\\S+ )?--verb=${verb} --resource=${what}`);

  await test.step('namespaces cannot be listed: the verb, the way to grant it, and a free entry', async () => {
    await picker.click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('may not list namespaces.');
    await expect(dialog.locator('code')).toHaveText(grant('get,list,watch', 'namespaces'));
    await page.getByRole('combobox', { name: 'Filter, or type a namespace' }).fill('analytics');
    await page.getByRole('option', { name: 'Use “analytics”' }).click();
    await expect(page.getByRole('button', { name: 'Namespace analytics' })).toBeVisible();
  });
  await test.step('another namespace', async () => {
    const main = page.getByRole('main');
    await expect(main).toContainText('Spark applications in analytics cannot be seen.');
    await expect(main).toContainText(/may not list sparkapplications\.sparkoperator\.k8s\.io\b.* in analytics\./);
    await expect(main.locator('code').first()).toHaveText(grant('get,list,watch', 'sparkapplications.sparkoperator.k8s.io'));
  });
  await test.step('creating', async () => {
    await picker.click();
    await page.getByRole('option', { name: 'default' }).click();
    await expect(indicator(page, 'live')).toBeVisible();
    await page.getByRole('button', { name: 'New application' }).click();
    await expect(page.getByRole('textbox', { name: 'YAML of the application' })).toBeAttached();
    await page.keyboard.press('ControlOrMeta+Enter');
    const draft = page.getByRole('region', { name: 'Draft' });
    await expect(draft).toContainText(/may not (create|patch) sparkapplications.sparkoperator.k8s.io in default/);
    await expect(draft.locator('code').first()).toHaveText(grant('create,patch', 'sparkapplications.sparkoperator.k8s.io'));
  });
});
