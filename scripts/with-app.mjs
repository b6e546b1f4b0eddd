// `node scripts/with-app.mjs PROGRAM.ts [ARGUMENTS]`: installs what is missing, builds, and runs a program that starts the app itself,
// in the Electron (EMBERDECK_ELECTRON) and Chromium (EMBERDECK_CHROMIUM) that are here; empty where there is none.
import { join } from 'node:path';
import {
  build,
  display,
  findChromium,
  findElectron,
  installDependencies,
  librariesOf,
  pinnedNode,
  root,
  run,
  say,
} from './setup.mjs';

const [program = '', ...args] = process.argv.slice(2);
await installDependencies();
await build();

const electron = process.env.EMBERDECK_ELECTRON ? { path: process.env.EMBERDECK_ELECTRON } : findElectron({ fetch: true });
const screen = electron.path && librariesOf(electron.path) ? await display() : null;
if (!screen) say(`without Electron: ${electron.missing ?? 'no display or no system libraries'}`);
const environment = {
  ...process.env,
  ...(screen ?? {}),
  EMBERDECK_ELECTRON: screen ? electron.path : '',
  EMBERDECK_CHROMIUM: findChromium({ install: true }) ?? '',
};
process.exit(await run(pinnedNode, [join(root, program), ...args], { env: environment }));
