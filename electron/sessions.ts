import { createHash } from 'node:crypto';

/** Hashes of the secrets that still open something; all that a restarted server needs to know. */
export interface UnspentSecrets {
  pages: string[];
  tickets: string[];
}

/** Single-use secrets for the loopback server: one opens a session, which gives a ticket for the socket and the secret for the next time. */
export interface Sessions {
  /** Spends a page's secret. Null when it was never given out or is spent. */
  renew(secret: string): { next: string; ticket: string } | null;
  /** Spends a socket's ticket. */
  admit(ticket: string): boolean;
}

const hash = (secret: string) => createHash('sha256').update(secret).digest('base64url');

/**
 * Only hashes are kept, so looking one up tells nothing by its timing. `onChange` receives what is unspent after every change.
 * `random` gives a new unguessable text each time (at least 128 bits, letters that are safe in an address).
 */
export function createSessions(
  unspent: UnspentSecrets,
  random: () => string,
  onChange: (unspent: UnspentSecrets) => void,
): Sessions {
  const pages = new Set(unspent.pages);
  const tickets = new Set(unspent.tickets);
  const changed = () => onChange({ pages: [...pages], tickets: [...tickets] });
  return {
    renew(secret) {
      if (!pages.delete(hash(secret))) return null;
      const [next, ticket] = [random(), random()];
      pages.add(hash(next));
      tickets.add(hash(ticket));
      changed();
      return { next, ticket };
    },
    admit(ticket) {
      const known = tickets.delete(hash(ticket));
      if (known) changed();
      return known;
    },
  };
}

/** The unspent set that lets exactly one page in, by `secret`. */
export function firstSession(secret: string): UnspentSecrets {
  return { pages: [hash(secret)], tickets: [] };
}
