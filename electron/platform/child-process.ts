import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from './world.ts';

/** A program to run to its end. `args` are handed over as they are: no shell ever reads them. */
export interface Program {
  file: string;
  args: readonly string[];
  env: Record<string, string | undefined>;
  /** After this many milliseconds the program and all it started are killed. */
  timeLimit: number;
  /** Bytes of standard output kept; more ends the program. Default 1 MiB. */
  outputLimit?: number;
}

/** How a program ended. `exitCode` is null when a signal ended it. `stderr` is its end, at most 16 KiB. */
export type Outcome =
  | { end: 'exited'; exitCode: number | null; stdout: string; stderr: string }
  | { end: 'hung'; stderr: string }
  | { end: 'absent'; reason: string };

const STDERR_KEPT = 16 * 1024;

/** How long the pipes may stay open after the program's end: something it left behind may hold them for ever. */
const PIPE_GRACE = 300;

/** Runs `program` without a terminal (standard input is empty) and resolves when it has ended; never rejects. */
export function runProgram(program: Program, clock: Clock): Promise<Outcome> {
  return new Promise((resolve) => {
    const { outputLimit = 1024 * 1024 } = program;
    const stdout: Buffer[] = [];
    let received = 0;
    let stderr = '';
    let child: ChildProcess;
    const finish = (outcome: Outcome) => {
      cancelLimit();
      child?.stdout?.destroy();
      child?.stderr?.destroy();
      resolve(outcome);
    };
    const exited = (exitCode: number | null) =>
      finish({ end: 'exited', exitCode, stdout: Buffer.concat(stdout).toString('utf8'), stderr });
    const cancelLimit = clock.after(program.timeLimit, () => {
      killGroup(child);
      finish({ end: 'hung', stderr });
    });
    try {
      child = spawn(program.file, [...program.args], {
        env: program.env,
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: false,
        windowsHide: true,
        // A group of its own, so that what it starts can be killed with it, and no terminal to ask on.
        detached: process.platform !== 'win32',
      });
    } catch (error) {
      cancelLimit();
      resolve({ end: 'absent', reason: reasonOf(error) });
      return;
    }
    child.stdout?.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received <= outputLimit) stdout.push(chunk);
      else killGroup(child);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_KEPT);
    });
    child.once('error', (error) => finish({ end: 'absent', reason: reasonOf(error) }));
    child.once('close', (exitCode) => exited(exitCode));
    child.once('exit', (exitCode) => clock.after(PIPE_GRACE, () => exited(exitCode)));
  });
}

/** Ends `child` and everything in its process group at once. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
