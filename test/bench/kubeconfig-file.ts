import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `use` with the path of a file that holds `text`, and removes it afterwards. */
export async function withKubeconfig<Result>(text: string, use: (path: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'emberdeck-kubeconfig-'));
  const path = join(folder, 'config');
  writeFileSync(path, text, { mode: 0o600 });
  try {
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
