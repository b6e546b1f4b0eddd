import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../shared/contract/settings.ts';

/** A new data folder of somebody who worked in this scope before, so that the app starts with its table. */
export function dataFolderFor(context: string, namespace: string | null, more: Partial<Settings> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'emberdeck-data-'));
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ context, namespaces: { [context]: namespace }, ...more }));
  return folder;
}
