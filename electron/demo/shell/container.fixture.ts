import type { Duplex } from 'node:stream';
import { createTime, type Time } from '../time.ts';
import type { Container } from './container.ts';
import { createFiles, imageFiles } from './files.ts';
import { loadLibrary } from './library.ts';
import { type Session, startSession } from './session.ts';

/** A container of its own, with a clock in real time. */
export async function testContainer(more: Partial<Container> = {}): Promise<Container & { time: Time }> {
  const library = await loadLibrary();
  const initial = imageFiles('pod', 'sleep 600', { '/etc/config/greeting': 'hello\n' });
  const files = createFiles(library, initial);
  const connect = (): Duplex | null => null;
  return {
    pod: {},
    name: 'main',
    time: createTime(1),
    environment: { PATH: '/usr/bin:/bin:/opt/spark/bin', HOME: '/home/spark', HOSTNAME: 'pod', SPARK_HOME: '/opt/spark' },
    directory: '/opt/spark/work-dir',
    initialFiles: () => initial,
    files: () => files,
    processes: () => [{ pid: 1, user: 'spark', command: 'sleep 600' }],
    connect,
    listen: () => null,
    submit: async () => null,
    ...more,
  };
}

/** A session whose output is kept. */
export interface Watched {
  session: Session;
  out(): string;
  err(): string;
  /** Waits until the output has `text`. */
  shows(text: string): Promise<void>;
}

/** Starts a command in `container`. */
export function watch(container: Container, command: string[], options: { tty?: boolean; stdin?: boolean } = {}): Watched {
  const chunks: [Buffer[], Buffer[]] = [[], []];
  const { tty = false, stdin = tty } = options;
  const session = startSession(
    container,
    { command, tty, stdin, pid: 40 },
    { stdout: async (chunk) => void chunks[0].push(chunk), stderr: async (chunk) => void chunks[1].push(chunk) },
  );
  const out = (): string => Buffer.concat(chunks[0]).toString();
  return {
    session,
    out,
    err: () => Buffer.concat(chunks[1]).toString(),
    async shows(text) {
      const end = Date.now() + 5000;
      while (!out().includes(text)) {
        if (Date.now() > end) throw new Error(`waited in vain for ${JSON.stringify(text)}, there is ${JSON.stringify(out())}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}
