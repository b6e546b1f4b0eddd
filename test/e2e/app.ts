import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, chromium, type ElectronApplication, type Page } from '@playwright/test';
import { electronArguments } from '../../scripts/setup.mjs';

export const root = join(import.meta.dirname, '../..');

/** Emberdeck as it runs for a person, in Electron or in a browser, with a data folder of its own. */
export interface App {
  page: Page;
  /** The Electron application, or null in a browser. */
  electron: ElectronApplication | null;
  /** Address of the loopback server with its one-time secret, or null in Electron. */
  address: string | null;
  dataFolder: string;
  /** Kills the backend as a crash would. */
  killBackend(): Promise<void>;
  /** Ends the app as a crash would; the data folder stays, so that `start` with it is the next start. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

export interface StartOptions {
  project: string;
  /** Value of `$KUBECONFIG`. */
  kubeconfig: string;
  dataFolder?: string;
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
}

const asRoot = process.getuid?.() === 0 && process.platform === 'linux' ? ['--no-sandbox'] : [];

/** Starts Emberdeck from the build in out/. */
export async function start(options: StartOptions): Promise<App> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'emberdeck-e2e-'));
  const environment = { ...process.env, KUBECONFIG: options.kubeconfig, EMBERDECK_DATA: dataFolder, HOME: dataFolder };
  return options.project === 'electron'
    ? startElectron({ ...options, dataFolder }, environment)
    : startBrowser({ ...options, dataFolder }, environment);
}

type Started = StartOptions & { dataFolder: string };

async function startElectron(options: Started, environment: NodeJS.ProcessEnv): Promise<App> {
  const electron = await _electron.launch({
    executablePath: process.env.EMBERDECK_ELECTRON ?? '',
    args: electronArguments(),
    env: definedOnly(environment),
    ...(options.colorScheme ? { colorScheme: options.colorScheme } : {}),
  });
  const page = await electron.firstWindow();
  const { width, height } = options.viewport ?? { width: 1280, height: 800 };
  await electron.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    {
      width,
      height,
    },
  );
  const kill = () => electron.process().kill('SIGKILL');
  return {
    page,
    electron,
    address: null,
    dataFolder: options.dataFolder,
    async killBackend() {
      const pid = await electron.evaluate(
        ({ app }) => app.getAppMetrics().find((each) => each.name === 'Emberdeck backend')?.pid,
      );
      if (pid === undefined) throw new Error('there is no backend process');
      process.kill(pid, 'SIGKILL');
    },
    async crash() {
      const ended = new Promise((resolve) => electron.process().once('exit', resolve));
      kill();
      await ended;
    },
    async close() {
      await electron.close();
      rmSync(options.dataFolder, { recursive: true, force: true });
    },
  };
}

/** Makes `folder` the data folder of someone who stopped the demo cluster: it does not come up by itself. Returns it. */
export function withoutDemo(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ demo: { state: 'stopped' } }));
  return folder;
}

/** Electron with nothing of Playwright in it, and with a data folder beside the other's. */
export function startPlainElectron(dataFolder: string): ChildProcess {
  const data = withoutDemo(join(dataFolder, 'plain'));
  const environment = { ...process.env, EMBERDECK_DATA: data, KUBECONFIG: '/nonexistent' };
  return spawn(process.env.EMBERDECK_ELECTRON ?? '', electronArguments(), { env: environment, stdio: 'ignore' });
}

async function startBrowser(options: Started, environment: NodeJS.ProcessEnv): Promise<App> {
  const server = spawn(process.execPath, [join(root, 'scripts/start.mjs'), '--browser'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await firstLine(server);
  const browser = await chromium.launch({
    executablePath: process.env.EMBERDECK_CHROMIUM ?? '/usr/bin/chromium',
    args: [...asRoot, '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const page = await browser.newPage({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? 'light',
  });
  await page.goto(address);
  return {
    page,
    electron: null,
    address,
    dataFolder: options.dataFolder,
    async killBackend() {
      const { execFileSync } = await import('node:child_process');
      const pid = Number(execFileSync('pgrep', ['-P', String(server.pid)], { encoding: 'utf8' }).trim());
      process.kill(pid, 'SIGKILL');
    },
    async crash() {
      await browser.close();
      await ended(server, 'SIGKILL');
    },
    async close() {
      await browser.close();
      await ended(server, 'SIGTERM');
      rmSync(options.dataFolder, { recursive: true, force: true });
    },
  };
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return exit;
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (data: Buffer) => {
      const found = data.toString().match(/http:\/\/\S+/)?.[0];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`)));
  });
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
