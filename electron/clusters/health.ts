import type { Connection } from '../../shared/contract/clusters.ts';
import { failureOf } from '../../shared/failure.ts';
import type { Clock, Log } from '../platform/world.ts';
import type { Clusters } from './clusters.ts';
import { type Checkup, type Signal, step } from './connection-step.ts';
import { probe } from './probe.ts';

/** Health of the connections to all clusters. Nothing is sent for a context that nobody follows. */
export interface Health {
  /** Tells `listener` the present state at once and every later one. The returned function ends it. */
  follow(context: string, listener: (connection: Connection) => void): () => void;
  /** A connection that should be there was lost: checks again. */
  trouble(context: string): void;
  /** Tries at once, with failed logins forgotten. */
  retry(context: string): void;
  close(): void;
}

interface Patient {
  checkup: Checkup;
  listeners: Set<(connection: Connection) => void>;
  /** Ends the check that runs, or the wait for the next one. */
  stop: () => void;
}

/** What checking needs of the world; `random` is in [0, 1). */
export interface HealthWorld {
  clusters: Pick<Clusters, 'get' | 'onChange' | 'forgive'>;
  clock: Clock;
  log: Log;
  random: () => number;
}

/** Follows connections as {@link step} says; each context has a check of its own, so that a dead cluster delays no other. */
export function createHealth({ clusters, clock, log, random }: HealthWorld): Health {
  const patients = new Map<string, Patient>();

  const check = (context: string, patient: Patient) => {
    const controller = new AbortController();
    patient.stop = () => controller.abort();
    const checking = async () => probe(clusters.get(context), controller.signal);
    checking().then(
      (version) => {
        if (!controller.signal.aborted) tell(context, { signal: 'answered', version, at: clock.now() });
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        // The other half of the check would run on.
        controller.abort();
        tell(context, { signal: 'failed', failure: failureOf(error), at: clock.now(), random: random() });
      },
    );
  };

  const tell = (context: string, signal: Signal) => {
    const patient = patients.get(context);
    if (patient === undefined) return;
    const before = patient.checkup;
    const after = step(before, signal);
    if (after === before) return;
    patient.checkup = after;
    patient.stop();
    patient.stop = () => {};
    if (after.doing === 'checking') check(context, patient);
    if (after.doing === 'waiting')
      patient.stop = clock.after(Math.max(0, after.until - clock.now()), () => tell(context, { signal: 'due' }));
    if (after.doing === 'idle' || (before.doing !== 'idle' && after.shown === before.shown)) return;
    const { shown } = after;
    if (before.doing === 'idle' || before.shown.state !== shown.state)
      log.info('connection', { context, state: shown.state, failure: 'failure' in shown ? shown.failure.code : null });
    for (const listener of [...patient.listeners]) listener(shown);
  };

  const unsubscribe = clusters.onChange((context) => tell(context, { signal: 'changed', at: clock.now() }));

  return {
    follow(context, listener) {
      const patient = patients.get(context) ?? { checkup: { doing: 'idle' }, listeners: new Set(), stop: () => {} };
      patients.set(context, patient);
      if (patient.checkup.doing === 'idle') {
        patient.listeners.add(listener);
        tell(context, { signal: 'follow', at: clock.now() });
      } else {
        patient.listeners.add(listener);
        listener(patient.checkup.shown);
      }
      return () => {
        if (!patient.listeners.delete(listener) || patient.listeners.size > 0) return;
        tell(context, { signal: 'leave' });
        patients.delete(context);
      };
    },
    trouble: (context) => tell(context, { signal: 'trouble' }),
    retry(context) {
      clusters.forgive(context);
      tell(context, { signal: 'retry', at: clock.now() });
    },
    close() {
      unsubscribe();
      for (const { stop } of patients.values()) stop();
      patients.clear();
    },
  };
}
