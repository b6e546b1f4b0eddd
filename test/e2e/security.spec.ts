import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type App, root, start, startPlainElectron } from './app.ts';

/** What must stay shut, tried from where an attacker would stand: inside the page, beside it, and on the loopback port. */
test.describe('security', () => {
  let app: App;
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it.
  test.beforeAll(async ({}, { project }) => {
    app = await start({ project: project.name, kubeconfig: '/nonexistent' });
    await expect(app.page.getByRole('navigation').first()).toBeVisible();
  });
  test.afterAll(() => app.close());

  test('the page has no Node', async () => {
    const found = await app.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
    );
    expect(found).toEqual([]);
  });

  test('the window is isolated and sandboxed', async () => {
    test.skip(app.electron === null, 'only Electron has web preferences');
    const preferences = await app.electron?.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): object };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test('inline scripts and eval are refused', async () => {
    const outcome = await app.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.head.append(script);
      const byText = await new Promise((resolve) => {
        const frame = document.createElement('div');
        frame.innerHTML = '<img src="x" onerror="window.injected = true">';
        document.body.append(frame);
        setTimeout(() => {
          frame.remove();
          resolve('injected' in window);
        }, 200);
      });
      let evaluated = true;
      try {
        // biome-ignore lint/security/noGlobalEval: the point is that it is refused.
        globalThis.eval('1');
      } catch {
        evaluated = false;
      }
      return { byText, evaluated };
    });
    expect(outcome).toEqual({ byText: false, evaluated: false });
  });

  test('nothing is fetched from elsewhere', async () => {
    const refused = await app.page.evaluate(async () => {
      const violation = new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
      });
      await fetch('http://127.0.0.1:9/').catch(() => null);
      return violation;
    });
    expect(refused).toBe('connect-src');
  });

  test('the page cannot leave, open windows or be granted anything', async () => {
    const before = app.page.url();
    const outcome = await app.page.evaluate(async () => {
      const camera = await navigator.mediaDevices?.getUserMedia({ video: true }).then(
        () => 'granted',
        () => 'refused',
      );
      const clipboard = await navigator.clipboard.readText().then(
        () => 'granted',
        () => 'refused',
      );
      return { camera: camera ?? 'refused', clipboard };
    });
    expect(outcome).toEqual({ camera: 'refused', clipboard: 'refused' });
    if (app.electron === null) return;
    const opened = await app.page.evaluate(() => window.open('file:///etc/passwd') === null);
    expect(opened).toBe(true);
    await app.page.evaluate(() => {
      window.location.href = 'https://example.com/';
    });
    await app.page.waitForTimeout(300);
    expect(app.page.url()).toBe(before);
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('the bridge is constant and opens only https and loopback outside', async () => {
    test.skip(app.electron === null, 'only Electron has a bridge');
    const names = await app.page.evaluate(() => Object.keys(window.emberdeck ?? {}).sort());
    expect(names).toEqual(['chooseKubeconfig', 'connect', 'onBackendLost', 'openExternal', 'platform']);
    for (const url of ['file:///etc/passwd', 'smb://x/y', 'javascript:alert(1)', 'ms-msdt:/id', 'http://10.0.0.1/']) {
      expect(await app.page.evaluate((address) => window.emberdeck?.openExternal(address), url), url).toBe(false);
    }
  });

  test('a foreign page with our own preload gets nothing from any channel', async () => {
    test.skip(app.electron === null, 'only Electron has channels');
    const answers = await app.electron?.evaluate(
      async ({ BrowserWindow }, preload) => {
        const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true } });
        await foreign.loadURL('data:text/html,<p>foreign</p>');
        const result: unknown = await foreign.webContents.executeJavaScript(`(async () => {
        let port = false;
        window.addEventListener('message', (event) => { if (event.ports.length > 0) port = true; });
        window.emberdeck.connect();
        const chosen = await window.emberdeck.chooseKubeconfig();
        const opened = await window.emberdeck.openExternal('https://example.com/');
        const odd = await window.emberdeck.openExternal({ toString: () => 'https://example.com/' }).catch(() => false);
        await new Promise((resolve) => setTimeout(resolve, 300));
        return { port, chosen, opened, odd };
      })()`);
        foreign.destroy();
        return result;
      },
      join(root, 'out/electron/preload.cjs'),
    );
    expect(answers).toEqual({ port: false, chosen: null, opened: false, odd: false });
  });

  test('nothing of ours listens but, in a browser, one loopback port', async () => {
    test.skip(process.platform !== 'linux', 'listening sockets are read from /proc');
    if (app.address !== null) {
      const port = Number(new URL(app.address).port);
      expect(listeners(descendants(process.pid)).filter((each) => each.port === port)).toEqual([{ address: '0100007F', port }]);
      return;
    }
    // Started without Playwright, which opens debugging ports of its own.
    const plain = startPlainElectron(app.dataFolder);
    try {
      await expect.poll(() => descendants(plain.pid ?? 0).length, { timeout: 20_000 }).toBeGreaterThan(3);
      await app.page.waitForTimeout(2_000);
      expect(listeners(descendants(plain.pid ?? 0))).toEqual([]);
    } finally {
      plain.kill('SIGKILL');
    }
  });

  test('the loopback server lets nobody in without its secrets', async ({ request }) => {
    test.skip(app.address === null, 'only the browser needs a loopback server');
    const { origin } = new URL(app.address ?? 'http://127.0.0.1');
    const spent = new URL(app.address ?? '').hash.slice('#secret='.length);
    const post = (data: string, headers: Record<string, string>) => request.post(`${origin}/session`, { data, headers });
    expect((await post(`{"secret":"${spent}"}`, { origin })).status(), 'a spent secret').toBe(403);
    expect((await post('{"secret":"guess"}', { origin })).status(), 'a guess').toBe(403);
    expect((await post('{"secret":"guess"}', { origin: 'http://evil.example' })).status(), 'a foreign origin').toBe(403);
    expect((await post('{"secret":"guess"}', {})).status(), 'no origin').toBe(403);
    expect((await request.get(origin, { headers: { host: 'evil.example' } })).status(), 'a foreign host').toBe(403);
    expect((await request.get(`${origin}/../package.json`)).status(), 'outside the page').toBe(404);
    const socket = await app.page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const opened = new WebSocket(url.replace('http', 'ws').concat('/rpc'), ['emberdeck', 'guess']);
          opened.addEventListener('open', () => resolve('open'));
          opened.addEventListener('error', () => resolve('refused'));
        }),
      origin,
    );
    expect(socket).toBe('refused');
  });
});

function descendants(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return (
          readFileSync(`/proc/${name}/stat`, 'utf8')
            .replace(/^.*\) /, '')
            .split(' ')[1] === String(pid)
        );
      } catch {
        return false;
      }
    })
    .map(Number);
  return [pid, ...children.flatMap(descendants)];
}

function listeners(pids: number[]): { address: string; port: number }[] {
  const inodes = new Set<string>();
  for (const pid of pids) {
    try {
      for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
        const target = readlinkSync(`/proc/${pid}/fd/${descriptor}`).match(/^socket:\[(\d+)\]$/)?.[1];
        if (target) inodes.add(target);
      }
    } catch {
      // The process ended meanwhile.
    }
  }
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && inodes.has(fields[9] ?? ''))
      .map((fields) => {
        const [address = '', port = ''] = (fields[1] ?? '').split(':');
        return { address, port: Number.parseInt(port, 16) };
      }),
  );
}
