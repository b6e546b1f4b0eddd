import { sparkApplications } from '../api/kinds.ts';
import { at, type JsonObject, metadataOf, nameOf, namespaceOf, numberOf, objectOf, textOf } from '../json.ts';
import type { World } from '../world.ts';
import type { Created, Scenario } from './scenario.ts';
import { submitApplication } from './spark-application.ts';

/** Resolves when the application is in `state`; never when it goes away first. Nothing is left of it once the cluster ends. */
export function inState(world: World, { namespace, name }: Created, state: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = world.store.subscribe(({ kind, object }) => {
      if (kind !== sparkApplications || nameOf(object) !== name || namespaceOf(object) !== namespace) return;
      if (textOf(at(object, 'status', 'applicationState', 'state')) !== state) return;
      stop();
      resolve();
    });
  });
}

/** Changes the spec of an application as someone's edit would; nothing when it is gone. */
function edit(world: World, { namespace, name }: Created, change: JsonObject): void {
  const live = world.store.get(sparkApplications, namespace, name);
  if (live === null) return;
  const generation = numberOf(metadataOf(live).generation, 1) + 1;
  const metadata = { ...metadataOf(live), generation };
  world.store.put(sparkApplications, { ...live, metadata, spec: { ...objectOf(live.spec), ...change } });
}

const editedWhileRunning: Scenario = {
  id: 'edited-while-running',
  title: 'Edited while it runs',
  what: 'A changed argument ends the run and begins another: INVALIDATING, PENDING_RERUN, and all counts at one again.',
  namespace: 'default',
  async play(stage) {
    const { world } = stage;
    const created = submitApplication(stage, 'pricing', ['slow', '120']);
    void (async () => {
      await inState(world, created, 'RUNNING');
      await world.time.pace(10);
      edit(world, created, { arguments: ['slow', '60'] });
    })();
    return { created: [created], told: `Created ${created.name}; its arguments change soon after it runs.` };
  },
};

const suspendedAndResumed: Scenario = {
  id: 'suspended-resumed',
  title: 'Suspended, then resumed',
  what: 'The run is stopped half way, its pods are deleted, and a while later it begins anew: SUSPENDING to RESUMING.',
  namespace: 'default',
  async play(stage) {
    const { world } = stage;
    const created = submitApplication(stage, 'backfill', ['slow', '45']);
    void (async () => {
      await inState(world, created, 'RUNNING');
      await world.time.pace(10);
      edit(world, created, { suspend: true });
      await inState(world, created, 'SUSPENDED');
      await world.time.pace(20);
      edit(world, created, { suspend: false });
    })();
    return { created: [created], told: `Created ${created.name}; it is suspended soon after it runs.` };
  },
};

/** What follows from changing an application that is there. */
export const editScenarios: Scenario[] = [editedWhileRunning, suspendedAndResumed];
