import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runProgram } from '../../platform/child-process.ts';
import type { Clock } from '../../platform/world.ts';

type Environment = Record<string, string | undefined>;

/** The full path of `command` in the folders of `path`, or null. A command with a separator in it is looked at where it is. */
export function findProgram(command: string, path: string, extensions: readonly string[]): string | null {
  const isPath = command.includes('/') || (process.platform === 'win32' && command.includes('\\'));
  const folders = isPath ? [''] : path.split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    for (const extension of extensions) {
      const file = `${folder === '' ? command : join(folder, command)}${extension}`;
      if (isRunnable(file)) return file;
    }
  }
  return null;
}

function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Endings that make a file a program here. */
export function programExtensions(environment: Environment): string[] {
  if (process.platform !== 'win32') return [''];
  // Without .bat and .cmd: Node refuses to run them without a shell, and we never use one.
  return ['', ...(environment.PATHEXT ?? '.COM;.EXE').split(';').filter((ending) => /^\.(com|exe)$/i.test(ending))];
}

/** How long the login shell may take to say its PATH, in milliseconds. */
const SHELL_LIMIT = 5_000;

/**
 * Asks the login shell for its PATH: started from a launcher we have the bare one of the desktop, without the folders that a
 * person's profile adds. Null where there is no shell or it does not say in time. The command is constant; nothing is put into it.
 */
export async function loginShellPath(environment: Environment, clock: Clock): Promise<string | null> {
  const shell = environment.SHELL;
  if (process.platform === 'win32' || shell === undefined || shell === '') return null;
  const outcome = await runProgram({ file: shell, args: ['-ilc', 'env'], env: environment, timeLimit: SHELL_LIMIT }, clock);
  if (outcome.end !== 'exited') return null;
  const line = outcome.stdout.split('\n').findLast((text) => text.startsWith('PATH='));
  return line === undefined ? null : line.slice('PATH='.length).trim();
}
