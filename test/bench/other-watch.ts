import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Another client that watches the same applications, in a process of its own. */
export interface OtherWatch {
  /** Epoch milliseconds at which it had the message; null when it had not within ten seconds. */
  saw(message: string): Promise<number | null>;
  close(): void;
}

/** A bare Node client. `authority` is the certificate to trust, PEM. */
export function plainWatch(url: string, { token, authority }: { token: string; authority: string }): Promise<OtherWatch> {
  const env = { ...process.env, WATCH_URL: url, WATCH_TOKEN: token, WATCH_AUTHORITY: authority };
  return follow(
    spawn(process.execPath, [join(import.meta.dirname, 'plain-watch.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] }),
  );
}

/** `kubectl get -w` on one application. */
export function kubectlWatch(kubeconfig: string, context: string, namespace: string, name: string): Promise<OtherWatch> {
  const where = ['--kubeconfig', kubeconfig, '--context', context, '--namespace', namespace];
  const what = ['get', 'sparkapplications.sparkoperator.k8s.io', name, '--watch'];
  const output = ['--output', 'jsonpath={.status.applicationState.errorMessage}{"\\n"}'];
  return follow(spawn('kubectl', [...where, ...what, ...output], { stdio: ['ignore', 'pipe', 'inherit'] }));
}

async function follow(child: ChildProcess): Promise<OtherWatch> {
  const times = new Map<string, number>();
  const waiting = new Map<string, (time: number) => void>();
  if (child.stdout === null) throw new Error('the output of the watch is not read');
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const [, told, message] = /^(\d{13})? ?(measurement \d+)$/.exec(line) ?? [];
    if (message === undefined || times.has(message)) return;
    const time = told === undefined ? Date.now() : Number(told);
    times.set(message, time);
    waiting.get(message)?.(time);
  });
  await once(lines, 'line');
  return {
    saw: (message) =>
      new Promise((resolve) => {
        const time = times.get(message);
        if (time !== undefined) return resolve(time);
        const timer = setTimeout(() => resolve(null), 10_000);
        waiting.set(message, (when) => {
          clearTimeout(timer);
          resolve(when);
        });
      }),
    close: () => void child.kill(),
  };
}
