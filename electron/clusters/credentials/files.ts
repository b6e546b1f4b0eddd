import { readFile } from 'node:fs/promises';
import { FailureError } from '../../../shared/failure.ts';
import { errorCode } from '../error-code.ts';

/** Text of the file of a certificate, key or token. Throws `credential-file`. */
export async function readCredentialFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    const message = code === 'ENOENT' ? 'the file does not exist' : `it cannot be read (${code})`;
    throw new FailureError({ code: 'credential-file', path, message });
  }
}

/** PEM text that a kubeconfig holds itself (base64) or names a file for; the data wins, as with kubectl. Null where it does neither. */
export async function readPem(data: string | null, path: string | null): Promise<string | null> {
  if (data !== null) return Buffer.from(data, 'base64').toString('utf8');
  return path === null ? null : readCredentialFile(path);
}
