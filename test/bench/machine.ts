import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** What the figures were measured on, as lines of text. `electron` is the path of its binary, or empty. */
export function machine(electron: string): string {
  const [cpu] = cpus();
  return [
    `CPU       ${cpu?.model.trim() ?? 'unknown'}, ${cpus().length} cores`,
    `memory    ${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    `system    ${type()} ${release()}, load ${loadavg()
      .map((load) => load.toFixed(2))
      .join(' ')}`,
    `Node      ${process.version}`,
    `Electron  ${electron === '' ? 'none' : versionOf(electron)}`,
  ].join('\n');
}

function versionOf(binary: string): string {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return execFileSync(binary, ['-p', 'process.versions.electron'], { encoding: 'utf8', env }).trim();
}
