import { RPCHandler } from '@orpc/server/message-port';
import { createCore, dataFolderOf } from './core.ts';
import { outliveRejections } from './platform/stray-rejections.ts';
import { createRouter } from './router.ts';

/** What a utility process has beside Node's own: the line to the main process. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown; ports: MessagePortLike[] }) => void): void;
}
interface MessagePortLike {
  on(event: string, listener: (event?: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
  start(): void;
}

const { parentPort } = process as unknown as { parentPort: ParentPort };
const core = await createCore({
  dataFolder: dataFolderOf(process.argv),
  environment: process.env,
  demoProgram: new URL('demo.js', import.meta.url),
  demoAsked: process.argv.includes('--demo'),
});
outliveRejections(process, core.log);
const handler = new RPCHandler(createRouter(core));

const open = new Set<MessagePortLike>();
let isLast = false;
/** How long shells may take to end, milliseconds; the main process waits for two seconds. */
const LAST_WORDS = 1_500;

// One port a window; it closes with the window, and with it every stream the window followed.
parentPort.on('message', ({ data, ports: [port] }) => {
  if (data === 'finish') {
    isLast = true;
    void finish();
  }
  if (port === undefined) return;
  open.add(port);
  port.on('close', () => {
    open.delete(port);
    void finish();
  });
  handler.upgrade(port);
  port.start();
});

/** Ends the process once all windows are gone, what they asked for last, in closing, is on the disk, and no shell is left behind. */
async function finish(): Promise<void> {
  if (!isLast || open.size > 0) return;
  await Promise.all([core.drafts.settled(), core.terminals.settled(LAST_WORDS)]);
  process.exit(0);
}
