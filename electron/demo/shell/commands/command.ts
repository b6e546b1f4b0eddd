import type { Command } from 'just-bash';

/** What a command gives back. */
export interface Result {
  stdout: string;
  stderr: string;
  exitCode: number;
}

/** What a command gets from the shell. */
export type Context = Parameters<Command['execute']>[1];
export type Run = (args: string[], context: Context) => Promise<Result> | Result;
export type Commands = Record<string, Run>;

export const out = (stdout: string): Result => ({ stdout, stderr: '', exitCode: 0 });
export const failed = (stderr: string, exitCode = 1): Result => ({ stdout: '', stderr, exitCode });
