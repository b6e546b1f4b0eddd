import { execFile } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { outliveRejections } from './stray-rejections.ts';

it('names the kind and the place of a rejection, and never what it says', () => {
  const said: unknown[] = [];
  const source = new EventEmitter();
  const log = { info: () => {}, warn: (_what: string, facts?: object) => void said.push(facts) };
  outliveRejections(source, log);
  source.emit('unhandledRejection', new TypeError('token CANARY\n    is wrong'));
  source.emit('unhandledRejection', 'CANARY');
  expect(said).toMatchObject([
    { name: 'TypeError', at: expect.stringMatching(/^at .*stray-rejections/) },
    { name: 'string', at: null },
  ]);
  expect(JSON.stringify(said)).not.toContain('CANARY');
});

// Types are taken off by Node itself from 22.18 on; the pinned one does, an older one may run the unit tests.
it('keeps a real process alive', async () => {
  const node = join(import.meta.dirname, '../../node_modules/.bin/node');
  const file = JSON.stringify(join(import.meta.dirname, 'stray-rejections.ts'));
  const code = `
    import { outliveRejections } from ${file};
    outliveRejections(process, { info() {}, warn: (what) => console.log(what) });
    Promise.reject(new Error('stray'));
    setTimeout(() => console.log('still here'), 50);`;
  const { stdout } = await promisify(execFile)(node, ['--input-type=module', '--eval', code]);
  expect(stdout).toContain('nobody waited for it');
  expect(stdout).toContain('still here');
});
