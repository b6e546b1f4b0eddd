import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import { settingOf } from '../conf.ts';
import { pageOf } from './pages.ts';
import type { UiPlace } from './place.ts';
import { restAnswer } from './rest.ts';

/** The web UI of a driver. Nothing listens on TCP: connections come through `connect`. */
export interface SparkUi {
  connect(): Duplex;
  close(): void;
}

/** Opens the port; the server behind it is made with the first connection, since most drivers never get one. */
export function startSparkUi(place: UiPlace): SparkUi {
  const open = new Set<Duplex>();
  let server: ReturnType<typeof createServer> | null = null;
  return {
    connect() {
      server ??= createServer((request, response) => answer(place, request, response));
      const [here, there] = duplexPair();
      open.add(here);
      here.once('close', () => {
        open.delete(here);
        there.destroy();
      });
      there.once('close', () => here.destroy());
      there.on('error', () => there.destroy());
      server.emit('connection', there);
      return here;
    },
    close() {
      for (const stream of open) stream.destroy();
      server?.closeAllConnections();
    },
  };
}

const html = { 'Content-Type': 'text/html;charset=utf-8' };

function answer(place: UiPlace, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://driver');
  response.setHeader('Cache-Control', 'no-cache, no-store, must-revalidate');
  response.setHeader('X-Frame-Options', 'SAMEORIGIN');
  response.setHeader('X-XSS-Protection', '1; mode=block');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (!place.attached()) {
    response.writeHead(200, html).end("Spark is starting up. Please wait a while until it's ready.");
    return;
  }
  const context = request.headers['x-forwarded-context'];
  const prefix = settingOf(place.settings.conf, 'spark.ui.proxyBase') || (typeof context === 'string' ? context : '');
  if (pathname.startsWith('/api/v1/')) {
    const { code, type, body } = restAnswer(place, decoded(pathname.slice('/api/v1/'.length)), searchParams);
    response.writeHead(code, { 'Content-Type': type }).end(body);
    return;
  }
  if (pathname === '/static/webui.css') {
    response.writeHead(200, { 'Content-Type': 'text/css' }).end(styles);
    return;
  }
  const page = pathname.endsWith('/') && pathname !== '/' ? pageOf(place, pathname, searchParams, prefix) : null;
  if (page !== null) {
    response.writeHead(200, html).end(page);
    return;
  }
  // Spark sends paths without their last slash to the page, and everything it does not know to the jobs.
  const known = pageOf(place, `${pathname}/`, searchParams, prefix) !== null;
  const target = known ? `${pathname}/` : '/jobs/';
  const base =
    settingOf(place.settings.conf, 'spark.ui.proxyRedirectUri') ||
    `http://${request.headers.host ?? `localhost:${place.settings.uiPort}`}`;
  response.writeHead(302, { Location: `${base.replace(/\/$/, '')}${prefix}${target}` }).end();
}

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const styles = `body{font:14px/1.5 sans-serif;margin:1rem 2rem;color:#222;background:#fff}table{border-collapse:collapse;margin:.5rem 0 1.5rem}
th,td{border:1px solid #ccc;padding:.25rem .6rem;text-align:left;vertical-align:top}.nav{list-style:none;display:flex;gap:1rem;padding:0}
.note{color:#555}progress{width:10rem}pre{white-space:pre-wrap;margin:0}`;
