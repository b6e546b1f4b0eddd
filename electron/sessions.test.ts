import { expect, it } from 'vitest';
import { createSessions, firstSession, type UnspentSecrets } from './sessions.ts';

function start(unspent: UnspentSecrets = firstSession('first')) {
  let count = 0;
  const seen: UnspentSecrets[] = [];
  return {
    seen,
    ...createSessions(
      unspent,
      () => `random-${++count}-${seen.length}`,
      (left) => seen.push(left),
    ),
  };
}

it('lets the first secret in once', () => {
  const sessions = start();
  expect(sessions.renew('wrong')).toBeNull();
  const session = sessions.renew('first');
  expect(session).not.toBeNull();
  expect(sessions.renew('first')).toBeNull();
});

it('gives a ticket that opens one socket, and a secret for the next time', () => {
  const sessions = start();
  const session = sessions.renew('first') ?? { next: '', ticket: '' };
  expect(sessions.admit(session.next)).toBe(false);
  expect(sessions.admit(session.ticket)).toBe(true);
  expect(sessions.admit(session.ticket)).toBe(false);
  expect(sessions.renew(session.next)).not.toBeNull();
});

it('goes on after a restart from what it said was unspent, without any secret in it', () => {
  const sessions = start();
  const session = sessions.renew('first') ?? { next: '', ticket: '' };
  const left = sessions.seen.at(-1) ?? { pages: [], tickets: [] };
  expect(JSON.stringify(left)).not.toContain(session.next);
  const again = start(left);
  expect(again.renew('first')).toBeNull();
  expect(again.renew(session.next)).not.toBeNull();
});
