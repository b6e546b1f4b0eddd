import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';

const targetsSchema = z.array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() }));
const answerSchema = z.object({ id: z.number(), result: z.object({ result: z.object({ value: z.unknown() }) }).optional() });

/**
 * What `expression` (a promise) comes to in the page of a process started with `--remote-debugging-port=0`. Asked again whenever
 * the page is replaced by another. Nothing of Playwright is involved: it would hold the start up.
 */
export async function evaluateInPage(browser: ChildProcess, expression: string): Promise<unknown> {
  const port = await debuggingPort(browser);
  for (;;) {
    const url = await pageSocket(port);
    const value = url === null ? undefined : await evaluate(url, expression);
    if (value !== undefined) return value;
    await sleep(5);
  }
}

function debuggingPort(browser: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    browser.stderr?.on('data', (data: Buffer) => {
      text += data.toString();
      const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port !== undefined) resolve(port);
    });
    browser.once('exit', (code) => reject(new Error(`it ended with ${code}: ${text.slice(-500)}`)));
  });
}

async function pageSocket(port: string): Promise<string | null> {
  const response = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
  if (response === null) return null;
  const targets = targetsSchema.parse(await response.json());
  return targets.find(({ type, url }) => type === 'page' && /^(app|http):/.test(url))?.webSocketDebuggerUrl ?? null;
}

/** Undefined when the page went away meanwhile. */
function evaluate(url: string, expression: string): Promise<unknown> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const end = (value: unknown) => {
      socket.close();
      resolve(value);
    };
    const params = { expression, awaitPromise: true, returnByValue: true };
    socket.once('open', () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params })));
    socket.on('message', (data) => {
      const answer = answerSchema.safeParse(JSON.parse(String(data)));
      if (answer.success) end(answer.data.result?.result.value);
    });
    socket.once('error', () => end(undefined));
    socket.once('close', () => resolve(undefined));
  });
}
