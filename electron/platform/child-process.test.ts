import { expect, test } from 'vitest';
import { runProgram } from './child-process.ts';
import { systemClock } from './world.ts';

const env = { PATH: '/usr/bin:/bin' };
const node = (script: string, args: string[] = [], timeLimit = 5_000) =>
  runProgram({ file: process.execPath, args: ['-e', script, ...args], env, timeLimit }, systemClock);

test('tells how it ended and what it printed', async () => {
  expect(await node('console.log("out"); console.error("err"); process.exitCode = 3')).toEqual({
    end: 'exited',
    exitCode: 3,
    stdout: 'out\n',
    stderr: 'err\n',
  });
});

test('arguments and environment arrive as they are, and nothing else', async () => {
  const args = ['a b', '$HOME', '; exit 1', '"', '\n'];
  const outcome = await node(
    'console.log(JSON.stringify([process.argv.slice(1), Object.keys(process.env).includes("HOME")]))',
    args,
  );
  expect(outcome).toMatchObject({ end: 'exited', stdout: `${JSON.stringify([args, false])}\n` });
});

test('characters split between reads stay whole', async () => {
  const outcome = await node(
    'const b = Buffer.from("ü"); process.stdout.write(b.subarray(0, 1)); setTimeout(() => process.stdout.write(b.subarray(1)), 50)',
  );
  expect(outcome).toMatchObject({ stdout: 'ü' });
});

test('it reads nothing: standard input is empty', async () => {
  expect(await node('process.stdin.on("end", () => console.log("end")).resume()')).toMatchObject({ stdout: 'end\n' });
});

test('after the time limit it is over', async () => {
  const start = Date.now();
  expect(await node('console.error("waiting"); setInterval(() => {}, 1000)', [], 800)).toEqual({
    end: 'hung',
    stderr: 'waiting\n',
  });
  expect(Date.now() - start).toBeLessThan(3_000);
});

test('too much output ends it', async () => {
  const outcome = await runProgram({ file: 'yes', args: [], env, timeLimit: 4_000, outputLimit: 200_000 }, systemClock);
  expect(outcome).toMatchObject({ end: 'exited', exitCode: null });
  expect(outcome.end === 'exited' && outcome.stdout.length).toBeLessThanOrEqual(200_000);
});

test.each([
  ['/no/such/program', 'ENOENT'],
  ['/etc', 'EACCES'],
  ['with\0zero', 'ERR_INVALID_ARG_VALUE'],
])('%j cannot be started: %s', async (file, reason) => {
  expect(await runProgram({ file, args: [], env, timeLimit: 1_000 }, systemClock)).toEqual({ end: 'absent', reason });
});
