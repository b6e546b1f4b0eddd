import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LIMITS } from '../../electron/demo/thread.ts';

/** A process that holds nothing but the demo cluster's thread, with the limits it has in the app, and hands messages to and fro. */
const thread = new Worker(join(import.meta.dirname, 'demo-thread.ts'), { resourceLimits: LIMITS });
thread.on('message', (answer) => process.send?.(answer));
thread.on('exit', (code) => process.exit(code));
process.on('message', (message) => thread.postMessage(message));
