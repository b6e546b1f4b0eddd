import type { Clock } from '../../platform/world.ts';
import type { ExecCredential } from './exec-protocol.ts';

/** A credential that is renewed before it ends is renewed this much earlier, in milliseconds, but never in its first half. */
const EARLY = 60_000;
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 60_000;
/** This long without a refusal and the pauses start small again. */
const FORGOTTEN_AFTER = 5 * 60_000;

/** One plugin's credential, shared by all who need it. */
export interface SharedRun {
  get(): Promise<ExecCredential>;
  /** After the server refused `used`. Null when a new run must wait: the plugin would only be run in a storm. */
  renew(used: ExecCredential): Promise<ExecCredential | null>;
  forgive(): void;
}

/**
 * Wraps `run` (one run of the plugin) so that parallel calls share one run, its credential is kept until shortly before it ends,
 * and after a failure or a refusal by the server it is not run again before a pause (5 s, doubled up to 60 s) is over; until then
 * the same failure is thrown.
 */
export function shareRun(run: () => Promise<ExecCredential>, clock: Clock): SharedRun {
  let running: Promise<ExecCredential> | null = null;
  let kept: { credential: ExecCredential; obtainedAt: number } | null = null;
  let failed: { error: unknown; until: number } | null = null;
  let failures = 0;
  let refusals = 0;
  let renewableAt = 0;

  const pause = (count: number) => Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (count - 1));

  const start = () => {
    running ??= run()
      .then(
        (credential) => {
          kept = { credential, obtainedAt: clock.now() };
          failed = null;
          failures = 0;
          return credential;
        },
        (error: unknown) => {
          failures += 1;
          failed = { error, until: clock.now() + pause(failures) };
          throw error;
        },
      )
      .finally(() => {
        running = null;
      });
    return running;
  };

  const attempt = () => {
    if (running !== null) return running;
    if (failed !== null && clock.now() < failed.until) return Promise.reject(failed.error);
    return start();
  };

  return {
    async get() {
      if (kept === null) return attempt();
      const { credential, obtainedAt } = kept;
      if (credential.expiresAt === null) return credential;
      const early = Math.min(EARLY, (credential.expiresAt - obtainedAt) / 2);
      if (clock.now() < credential.expiresAt - early) return credential;
      // A refresh that fails is no loss while the present credential holds.
      return attempt().catch((error: unknown) => {
        if (credential.expiresAt !== null && clock.now() < credential.expiresAt) return credential;
        throw error;
      });
    },
    async renew(used) {
      if (running !== null) return running;
      if (kept !== null && kept.credential !== used) return kept.credential;
      const now = clock.now();
      if (now < renewableAt) return null;
      refusals = now - renewableAt > FORGOTTEN_AFTER ? 1 : refusals + 1;
      renewableAt = now + pause(refusals);
      kept = null;
      return attempt();
    },
    forgive() {
      failed = null;
      failures = 0;
      refusals = 0;
      renewableAt = 0;
    },
  };
}
