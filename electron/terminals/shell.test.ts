import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createIntroduction, hangUpCommand, shellCommand } from './shell.ts';

describe('the introduction of a shell', () => {
  it.each([
    ['at once', ['abc 12 3456 abc\r\n$ ']],
    ['byte by byte', [...'abc 12 3456 abc\r\n$ ']],
    ['after a warning', ['sh: hm\r\nabc 12 3456 abc\r\n', '$ ']],
  ])('is taken out when it comes %s', (_, pieces) => {
    const introduction = createIntroduction('abc');
    const taken = pieces.map((piece) => introduction.take(Buffer.from(piece)));
    expect(taken.find(({ shell }) => shell !== null)?.shell).toEqual({ pid: 12, startedAt: '3456' });
    const shown = Buffer.concat(taken.map((each) => each.shown)).toString();
    expect(shown).toBe(pieces.join('').replace('abc 12 3456 abc\r\n', ''));
  });

  it('is not waited for without end', () => {
    const introduction = createIntroduction('abc');
    expect(introduction.take(Buffer.alloc(4000, 'x')).shown.length).toBe(0);
    expect(introduction.take(Buffer.alloc(200, 'y')).shown.length).toBe(4200);
    expect(introduction.take(Buffer.from('z')).shown.toString()).toBe('z');
  });

  it('is given back when the shell ends before it', () => {
    const introduction = createIntroduction('abc');
    introduction.take(Buffer.from('no sh'));
    expect(introduction.rest().toString()).toBe('no sh');
  });
});

describe.runIf(existsSync('/proc/self/stat'))('hanging up', () => {
  /** A shell in a session of its own, as the container runtime starts it. */
  async function start(script: string) {
    const [program = '', ...args] = shellCommand('abc');
    const child = spawn(program, args, { detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
    const [first] = await once(child.stdout, 'data');
    const { shell } = createIntroduction('abc').take(first);
    if (shell === null) throw new Error(`it said ${first}`);
    child.stdin.write(`${script}\n`);
    const [said] = await once(child.stdout, 'data');
    return { child, shell, pids: String(said).trim().split(' ').map(Number) };
  }
  const run = async ([program = '', ...args]: string[]) => once(spawn(program, args, { stdio: 'ignore' }), 'exit');
  const lives = (pid: number) => existsSync(`/proc/${pid}/stat`);
  const isOver = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

  it('ends the shell and what it started, but for what was to stay', async () => {
    const { child, shell, pids } = await start(
      'sleep 100 & a=$!; (trap "" TERM; sleep 100) & b=$!; nohup sleep 60 >/dev/null & echo $a $b $!; wait',
    );
    const [plain = 0, stubborn = 0, staying = 0] = pids;
    expect([plain, stubborn, staying].map(lives)).toEqual([true, true, true]);
    await run(hangUpCommand(shell));
    await expect.poll(() => [isOver(child), lives(plain), lives(stubborn)]).toEqual([true, false, false]);
    expect(lives(staying)).toBe(true);
    process.kill(staying);
  });

  it('leaves another process alone that was given the number later', async () => {
    const { child, shell } = await start('echo 1');
    await run(hangUpCommand({ ...shell, startedAt: '1' }));
    expect(isOver(child)).toBe(false);
    child.kill('SIGKILL');
  });
});
