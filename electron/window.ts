import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BrowserWindow, dialog, ipcMain, nativeTheme, protocol, session, shell, type WebFrameMain } from 'electron';
import { contentSecurityPolicy, contentType, mayOpenOutside, pageFile } from './page-policy.ts';

const ORIGIN = 'app://emberdeck';
const pageFolder = join(__dirname, '../renderer');

/** Before the app is ready: `app://` is a standard, secure scheme with an origin of its own. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built page, and nothing outside its folder, with its policy as a header. */
export function servePage(): void {
  protocol.handle('app', async (request) => {
    const file = request.method === 'GET' ? pageFile(request.url) : null;
    const type = file === null ? null : contentType(file);
    if (file === null || type === null) return new Response('Not found', { status: 404 });
    const body = await readFile(join(pageFolder, file)).catch(() => null);
    if (body === null) return new Response('Not found', { status: 404 });
    return new Response(new Uint8Array(body), {
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy("'self'"),
        'x-content-type-options': 'nosniff',
      },
    });
  });
}

/** Every permission is refused, but writing to the clipboard from the page itself (its copy buttons). */
export function refusePermissions(): void {
  const allowed = (permission: string, origin: string) =>
    permission === 'clipboard-sanitized-write' && (origin === ORIGIN || origin.startsWith(`${ORIGIN}/`));
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(allowed(permission, details.requestingUrl)),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) => allowed(permission, origin));
  session.defaultSession.setDevicePermissionHandler(() => false);
}

/** True only for the top frame of a window showing our page: a framed Spark UI is a foreigner. */
function isOurPage(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === ORIGIN;
}

/** The three things a page may ask of the main process. Each checks who asks. */
export function answerPage(handlers: { connect(window: BrowserWindow): void }): void {
  ipcMain.on('connect', (event) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (isOurPage(event.senderFrame) && window) handlers.connect(window);
  });
  ipcMain.handle('choose-kubeconfig', async (event) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!isOurPage(event.senderFrame) || !window) return null;
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: 'Choose a kubeconfig',
      properties: ['openFile', 'showHiddenFiles'],
    });
    return filePaths[0] ?? null;
  });
  ipcMain.handle('open-external', async (event, url: unknown) => {
    if (!isOurPage(event.senderFrame) || typeof url !== 'string' || !mayOpenOutside(url)) return false;
    await shell.openExternal(url);
    return true;
  });
}

/** Opens the window on the page. It cannot leave it, open another or host a webview. */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Emberdeck',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#191817' : '#ffffff',
    webPreferences: {
      preload: join(__dirname, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('will-navigate', (event) => {
    if (!event.url.startsWith(`${ORIGIN}/`)) event.preventDefault();
  });
  const stay = (event: { url: string; isMainFrame: boolean; preventDefault(): void }) => {
    const url = URL.canParse(event.url) ? new URL(event.url) : null;
    const own = event.isMainFrame ? url?.protocol === 'app:' && url.host === 'emberdeck' : url?.hostname === '127.0.0.1';
    if (!own) event.preventDefault();
  };
  window.webContents.on('will-frame-navigate', stay);
  // A framed page's server may send elsewhere what was allowed to start.
  window.webContents.on('will-redirect', stay);
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
  window.webContents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  void window.loadURL(`${ORIGIN}/`);
  return window;
}
