import { join } from 'node:path';
import { app, BrowserWindow, MessageChannelMain, type UtilityProcess, utilityProcess } from 'electron';
import { setMenu } from './menu.ts';
import { answerPage, declareScheme, openWindow, refusePermissions, servePage } from './window.ts';

let backend: UtilityProcess;
let restarts = 0;
let quitting = false;
/** What the person asked of the first backend; a later one goes by what was chosen meanwhile. */
let asked = process.argv.filter((argument) => argument === '--demo');

/** How long the backend may take to write what the windows said last, in milliseconds. */
const LAST_WORDS = 2_000;

/** Starts the backend, and again when it ends: windows are told, and get a port to the new one. */
function startBackend(): void {
  const started = Date.now();
  backend = utilityProcess.fork(join(__dirname, 'backend.js'), ['--data', app.getPath('userData'), ...asked], {
    serviceName: 'Emberdeck backend',
    stdio: 'inherit',
  });
  asked = [];
  backend.once('exit', () => {
    if (quitting) return app.quit();
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send('backend-lost');
    restarts = Date.now() - started > 60_000 ? 0 : restarts + 1;
    setTimeout(
      () => {
        startBackend();
        for (const window of BrowserWindow.getAllWindows()) connectWindow(window);
      },
      Math.min(10_000, 200 * 2 ** restarts),
    );
  });
}

/** Hands one end of a new channel to the backend and the other to the page. */
function connectWindow(window: BrowserWindow): void {
  const { port1, port2 } = new MessageChannelMain();
  backend.postMessage({ type: 'connect' }, [port1]);
  window.webContents.postMessage('backend-port', null, [port2]);
}

declareScheme();
if (process.env.EMBERDECK_DATA) app.setPath('userData', process.env.EMBERDECK_DATA);
if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
  app.on('second-instance', () => BrowserWindow.getAllWindows()[0]?.focus());
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (quitting) return;
    quitting = true;
    event.preventDefault();
    backend.postMessage('finish');
    setTimeout(() => app.exit(0), LAST_WORDS);
  });
  void app.whenReady().then(() => {
    servePage();
    refusePermissions();
    setMenu();
    startBackend();
    answerPage({ connect: connectWindow });
    openWindow();
  });
}
