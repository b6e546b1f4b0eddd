// What must be on the machine before anything runs. Plain JavaScript for whatever Node is there: dependencies come later.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const pinnedNode = join(root, 'node_modules/.bin/node');
const isRoot = process.getuid?.() === 0;

export function say(text) {
  process.stderr.write(`emberdeck: ${text}\n`);
}

/** Runs a program with its output on ours; resolves with its exit code. */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', (error) => {
      say(`${program}: ${error.message}`);
      resolve(127);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Installs the dependencies of package-lock.json when they are not the ones in node_modules. */
export async function installDependencies() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const mark = join(root, 'node_modules/.emberdeck-lock');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted && existsSync(pinnedNode)) return;
  say('installing dependencies (once, and again when package-lock.json changes)');
  const npm = process.env.npm_execpath;
  // Not `npm ci`: it refuses a lock that lacks optional packages of platforms other than the one that wrote it.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = npm ? await run(process.execPath, [npm, ...args]) : await run('npm', args);
  if (code !== 0) {
    say('npm install failed; its words are above');
    process.exit(code);
  }
  writeFileSync(mark, wanted);
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

/** Builds page and backend into out/, unless they were built from these very sources. */
export async function build() {
  const sources = ['electron', 'renderer', 'shared', 'resources']
    .flatMap((folder) => filesUnder(join(root, folder)))
    .concat(['package-lock.json', 'vite.config.ts', 'vite.electron.config.ts'].map((file) => join(root, file)))
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .sort();
  const hash = createHash('sha256');
  for (const file of sources) hash.update(relative(root, file)).update(readFileSync(file));
  const wanted = hash.digest('hex');
  const mark = join(root, 'out/.built-from');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  say('building');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const quiet = ['--logLevel', 'warn'];
  const backend = ['build', '--config', 'vite.electron.config.ts', ...quiet];
  const failed =
    (await run(pinnedNode, [vite, 'build', ...quiet])) ||
    (await run(pinnedNode, [vite, ...backend])) ||
    (await run(pinnedNode, [vite, ...backend], { env: { ...process.env, EMBERDECK_PART: 'window' } }));
  if (failed) {
    say('the build failed; its words are above');
    process.exit(failed);
  }
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, wanted);
}

/** The Electron binary: one named by the environment, the package's own, or fetched now. `{ path }` or `{ missing: why }`. */
export function findElectron({ fetch }) {
  const name = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) {
    const path = join(given, name);
    return existsSync(path) ? { path } : { missing: `there is no ${path} (ELECTRON_OVERRIDE_DIST_PATH)` };
  }
  const path = join(root, 'node_modules/electron/dist', name);
  if (existsSync(path)) return { path };
  if (fetch) {
    say('fetching the Electron binary');
    const fetched = spawnSync(pinnedNode, [join(root, 'node_modules/electron/install.js')], {
      timeout: 300_000,
      encoding: 'utf8',
    });
    if (existsSync(path)) return { path };
    const word = fetched.stderr?.match(/^\w*Error.*$/m)?.[0] ?? fetched.error?.message ?? 'it could not be fetched';
    return { missing: `Electron's binary is missing (${word})` };
  }
  return { missing: "Electron's binary is missing" };
}

const LIBRARIES =
  'libgtk-3-0 libnss3 libnotify4 libxss1 libxtst6 libatspi2.0-0 libsecret-1-0 libgbm1 libasound2 libdrm2 xdg-utils fonts-dejavu-core';

/** Installs Debian packages when root; otherwise prints the exact command. True when they are there afterwards. */
export function installPackages(packages, why) {
  const command = `apt-get install -y --no-install-recommends ${packages}`;
  if (spawnSync('apt-get', ['--version']).status !== 0) {
    say(`${why}; this is no Debian: install what corresponds to ${packages}`);
    return false;
  }
  if (!isRoot) {
    say(`${why}; install it with: sudo ${command}`);
    return false;
  }
  say(`${why}: ${command}`);
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], options);
  return spawnSync('apt-get', command.split(' ').slice(1).concat('-qq'), options).status === 0;
}

/** True when the binary finds all libraries it is linked to, after installing them where that is possible. */
export function librariesOf(binary) {
  if (process.platform !== 'linux') return true;
  const missing = () => /not found/.test(spawnSync('ldd', [binary], { encoding: 'utf8' }).stdout ?? '');
  return !missing() || (installPackages(LIBRARIES, "Electron needs the desktop's libraries") && !missing());
}

export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** A display for Electron: the one that is there, or an Xvfb of our own. Null when neither can be had. */
export async function display() {
  if (hasDisplay()) return {};
  if (spawnSync('which', ['Xvfb']).status !== 0 && !installPackages('xvfb', 'the tests need a display')) return null;
  for (let number = 90; number < 100; number += 1) {
    if (existsSync(`/tmp/.X${number}-lock`)) continue;
    const server = spawn('Xvfb', [`:${number}`, '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'], { stdio: 'ignore' });
    process.once('exit', () => server.kill());
    for (let tries = 0; tries < 50 && !existsSync(`/tmp/.X11-unix/X${number}`); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return { DISPLAY: `:${number}` };
  }
  return null;
}

/** A Chromium for the tests: Debian's, installed when root. Null when there is none. */
export function findChromium({ install }) {
  const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  if (found || !install) return found ?? null;
  return installPackages('chromium', 'the tests need Chromium') ? findChromium({ install: false }) : null;
}

/**
 * What Electron is started with. The main file is loaded ahead of the app (`-r`), so that it declares its scheme in time whatever
 * default app the binary carries. Electron refuses its own sandbox to root; the renderer's isolation stays.
 */
export function electronArguments() {
  const sandbox = isRoot && process.platform === 'linux' ? ['--no-sandbox'] : [];
  return [...sandbox, '-r', join(root, 'out/electron/main.cjs'), root];
}
