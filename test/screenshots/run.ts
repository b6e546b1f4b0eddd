import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolderFor } from '../bench/data-folder.ts';
import { type App, root, start } from '../e2e/app.ts';
import { writeDrafts } from './drafts.ts';
import { more, readme, type Screen, screens, sparkUi } from './screens.ts';
import { CONTEXT, setStage } from './stage.ts';

/**
 * `npm run screenshots`: the pictures of the README, into resources/screenshots. `npm run screenshots -- --all FOLDER [--only NAME]`: every screen, light and
 * dark, in two sizes, for a review. `--spark-ui CONTEXT/NAMESPACE/NAME` shoots only the Spark UI of an application that runs on the cluster of
 * `$KUBECONFIG`: the small API server has no real Spark.
 */
const { values } = parseArgs({
  options: { all: { type: 'string' }, only: { type: 'string' }, 'spark-ui': { type: 'string' } },
});
const project = process.env.EMBERDECK_ELECTRON ? 'electron' : 'chromium';
const NORMAL = { width: 1280, height: 800 };
const LARGE = { width: 1920, height: 1080 };
type ColorScheme = 'light' | 'dark';

const pictures = join(root, 'resources/screenshots');
const real = values['spark-ui']?.split('/');
const folder = mkdtempSync(join(tmpdir(), 'emberdeck-screenshots-'));
const stage = real ? null : await setStage(folder);
const kubeconfig = stage?.kubeconfig ?? process.env.KUBECONFIG ?? '';
try {
  if (real) await ofRealSpark(real);
  else if (values.all === undefined) await forReadme(pictures);
  else await forReview(values.all);
} finally {
  await stage?.cluster.close();
  rmSync(folder, { recursive: true, force: true });
}

async function ofRealSpark([context = '', namespace = '', name = '']: string[]): Promise<void> {
  await withApp('light', NORMAL, (app) => shoot(app, sparkUi(context, namespace, name), join(pictures, 'spark-ui.png')), context);
}

async function forReadme(target: string): Promise<void> {
  mkdirSync(target, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await withApp(colorScheme, NORMAL, async (app) => {
      for (const picture of readme.filter((each) => each.colorScheme === colorScheme)) {
        const screen = screens.find(({ name }) => name === picture.screen);
        if (screen) await shoot(app, screen, join(target, `${screen.name}.png`));
      }
    });
  }
}

async function forReview(target: string): Promise<void> {
  mkdirSync(target, { recursive: true });
  const wanted = [...screens, ...more].filter(({ name }) => values.only === undefined || name.startsWith(values.only));
  for (const viewport of [NORMAL, LARGE]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await withApp(colorScheme, viewport, async (app) => {
        for (const screen of wanted) {
          const file = join(target, `${screen.name}-${colorScheme}-${viewport.width}.png`);
          await shoot(app, screen, file).catch((error: unknown) => process.stderr.write(`${file}: ${String(error)}\n`));
          // Whatever is open over the page must not be over the next one.
          await app.page.reload();
          await app.page.getByRole('navigation').first().waitFor();
        }
      });
    }
  }
}

async function withApp(
  colorScheme: ColorScheme,
  viewport: typeof NORMAL,
  use: (app: App) => Promise<void>,
  context = CONTEXT,
): Promise<void> {
  const dataFolder = dataFolderFor(context, null, { theme: colorScheme });
  writeDrafts(dataFolder);
  const app = await start({ project, kubeconfig, dataFolder, colorScheme, viewport });
  try {
    app.page.setDefaultTimeout(15_000);
    await app.page.getByRole('grid').getByRole('row').nth(1).waitFor();
    await use(app);
  } finally {
    await app.close();
  }
}

async function shoot({ page }: App, screen: Screen, path: string): Promise<void> {
  await screen.show(page);
  await page.mouse.move(0, 0);
  // Tooltips, first layouts and what is loaded late come to rest.
  await page.waitForTimeout(900);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  process.stdout.write(`${path}\n`);
}
