import { readFileSync, statSync } from 'node:fs';
import { errorCode } from '../error-code.ts';
import type { Location } from './locate.ts';
import type { FileState } from './merge.ts';
import { parseKubeconfig, SIZE_LIMIT } from './parse.ts';

/** Reads one kubeconfig file. Never throws: what is wrong is part of the answer. */
export function readKubeconfig(location: Location): FileState {
  const { path } = location;
  const invalid = (message: string): FileState => ({
    location,
    content: { failure: { code: 'kubeconfig-invalid', path, line: null, column: null, message } },
  });
  try {
    const stats = statSync(path);
    // A pipe or a device could keep us waiting for ever.
    if (!stats.isFile()) return invalid('not a file');
    if (stats.size > SIZE_LIMIT) return invalid(`larger than ${SIZE_LIMIT / 1024 / 1024} MiB`);
    const parsed = parseKubeconfig(path, readFileSync(path, 'utf8'));
    return { location, content: 'code' in parsed ? { failure: parsed } : { parsed } };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { location, content: { failure: { code: 'kubeconfig-missing', path } } };
    return invalid(`it cannot be read (${code})`);
  }
}
