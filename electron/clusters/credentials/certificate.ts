import { X509Certificate } from 'node:crypto';

/** When a PEM certificate ends, as epoch milliseconds; null when it is none. */
export function certificateEnd(pem: string): number | null {
  try {
    const end = Date.parse(new X509Certificate(pem).validTo);
    return Number.isNaN(end) ? null : end;
  } catch {
    return null;
  }
}
