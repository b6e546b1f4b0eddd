import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import type { Json } from '../json.ts';

/** What the page shows; the driver changes it while it runs. */
export interface SparkProgress {
  application: string;
  id: string;
  version: string;
  startedAt: number;
  /** False while the pages are not attached yet: every path gets the same sentence. */
  ready: boolean;
  tasks: number;
  done: number;
  executors: string[];
}

/** The web UI of a driver. Nothing listens on TCP: connections come through `connect`. */
export interface SparkUi {
  connect(): Duplex;
  close(): void;
}

/** A page that behaves as Spark's: `/` goes to `/jobs/`, links start at the root, framing by other origins is refused. */
export function startSparkUi(progress: SparkProgress): SparkUi {
  const open = new Set<Duplex>();
  const server = createServer((request, response) => answer(progress, request, response));
  return {
    connect() {
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
      server.closeAllConnections();
    },
  };
}

function answer(progress: SparkProgress, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://driver');
  response.setHeader('Cache-Control', 'no-cache, no-store, must-revalidate');
  response.setHeader('X-Frame-Options', 'SAMEORIGIN');
  response.setHeader('X-XSS-Protection', '1; mode=block');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (!progress.ready) {
    const starting = "Spark is starting up. Please wait a while until it's ready.";
    response.writeHead(200, { 'Content-Type': 'text/html;charset=utf-8' }).end(starting);
    return;
  }
  if (pathname === '/') {
    response.writeHead(302, { Location: `http://${request.headers.host ?? 'localhost:4040'}/jobs/` }).end();
    return;
  }
  if (pathname.startsWith('/api/v1')) {
    const body = rest(progress, pathname);
    if (body !== null) response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    else response.writeHead(404, { 'Content-Type': 'text/plain' }).end('no such app');
    return;
  }
  if (pathname === '/static/webui.css') {
    response.writeHead(200, { 'Content-Type': 'text/css' }).end('body{font-family:sans-serif}table{border-collapse:collapse}');
    return;
  }
  const title = pages[pathname.replace(/\/$/, '')];
  if (title === undefined) {
    response.writeHead(404, { 'Content-Type': 'text/html;charset=utf-8' }).end('<h1>404</h1>');
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/html;charset=utf-8' }).end(page(progress, title));
}

const pages: Record<string, string> = {
  '/jobs': 'Spark Jobs',
  '/stages': 'Stages for All Jobs',
  '/storage': 'Storage',
  '/environment': 'Environment',
  '/executors': 'Executors',
};

function job(progress: SparkProgress): Json {
  return {
    jobId: 0,
    name: 'reduce at Job.java:63',
    submissionTime: new Date(progress.startedAt).toISOString().replace('Z', 'GMT'),
    stageIds: [0],
    status: progress.done >= progress.tasks ? 'SUCCEEDED' : 'RUNNING',
    numTasks: progress.tasks,
    numActiveTasks: Math.min(progress.executors.length, progress.tasks - progress.done),
    numCompletedTasks: progress.done,
    numFailedTasks: 0,
  };
}

function rest(progress: SparkProgress, path: string): Json | null {
  const application = { id: progress.id, name: progress.application, attempts: [{ completed: false, sparkUser: 'spark' }] };
  if (path === '/api/v1/version') return { spark: progress.version };
  if (path === '/api/v1/applications') return [application];
  const [, id, what] = /^\/api\/v1\/applications\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  if (id !== progress.id) return null;
  if (what === undefined) return application;
  if (what === 'jobs') return [job(progress)];
  if (what === 'executors' || what === 'allexecutors') {
    return ['driver', ...progress.executors].map((name) => ({ id: name, isActive: true, totalCores: name === 'driver' ? 0 : 1 }));
  }
  return null;
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function page(progress: SparkProgress, title: string): string {
  const links = Object.keys(pages).map(
    (path) => `<li><a href="${path}/">${path.slice(1, 2).toUpperCase()}${path.slice(2)}</a></li>`,
  );
  const executors = progress.executors.map((name) => `<li>${escaped(name)}</li>`).join('');
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${escaped(progress.application)} - ${title}</title>
<link rel="stylesheet" href="/static/webui.css" type="text/css"></head><body>
<ul class="nav">${links.join('')}</ul><h3>${title}</h3>
<p>Stand-in for the web UI of Spark ${progress.version}, application ${escaped(progress.id)}</p>
<table id="activeJob-table"><thead><tr><th>Job Id</th><th>Description</th><th>Tasks (for all stages): Succeeded/Total</th></tr></thead>
<tbody><tr><td>0</td><td>reduce at Job.java:63</td><td>${progress.done}/${progress.tasks}</td></tr></tbody></table>
<ul id="executors">${executors}</ul></body></html>`;
}
