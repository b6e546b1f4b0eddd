import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { RPCHandler } from '@orpc/server/ws';
import { createCore, dataFolderOf } from './core.ts';
import { createLoopback } from './loopback.ts';
import { outliveRejections } from './platform/stray-rejections.ts';
import { createRouter } from './router.ts';
import { createSessions, firstSession, type UnspentSecrets } from './sessions.ts';

// The launcher (scripts/start.mjs) keeps what a restarted server must still know.
const random = () => randomBytes(24).toString('base64url');
const first = random();
const unspent: UnspentSecrets = process.env.EMBERDECK_UNSPENT ? JSON.parse(process.env.EMBERDECK_UNSPENT) : firstSession(first);
const core = await createCore({
  dataFolder: dataFolderOf(process.argv),
  environment: process.env,
  demoProgram: new URL('demo.js', import.meta.url),
  demoAsked: process.argv.includes('--demo'),
});
outliveRejections(process, core.log);
/** How long shells may take to end when the launcher goes, milliseconds. */
const LAST_WORDS = 1_500;
const handler = new RPCHandler(createRouter(core));

const server = createLoopback({
  pageFolder: join(import.meta.dirname, '../renderer'),
  sessions: createSessions(unspent, random, (left) => process.send?.({ unspent: left })),
  opened: (socket) => void handler.upgrade(socket),
});

server.listen(Number(process.env.EMBERDECK_PORT ?? 0), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port });
  if (!process.env.EMBERDECK_UNSPENT) process.stdout.write(`Emberdeck: http://127.0.0.1:${port}/#secret=${first}\n`);
});
process.once('disconnect', () => void core.terminals.settled(LAST_WORDS).finally(() => process.exit(0)));
