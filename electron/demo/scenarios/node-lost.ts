import { pods } from '../api/kinds.ts';
import { at, type JsonObject, labelsOf, textOf } from '../json.ts';
import { loseNode } from '../node/node-life.ts';
import type { World } from '../world.ts';
import { inState } from './edits.ts';
import type { Created, Scenario } from './scenario.ts';
import { submitApplication } from './spark-application.ts';

/** Where the driver of an application runs, and where its executors do. */
function nodesOf({ store }: World, { namespace, name }: Created): { driver: string; executors: string[] } {
  const own = store.list(pods, namespace).filter((pod) => labelsOf(pod)['sparkoperator.k8s.io/app-name'] === name);
  const inRole = (role: string): JsonObject[] => own.filter((pod) => labelsOf(pod)['spark-role'] === role);
  const nodeOf = (pod: JsonObject): string => textOf(at(pod, 'spec', 'nodeName'));
  return { driver: inRole('driver').map(nodeOf)[0] ?? '', executors: inRole('executor').map(nodeOf) };
}

/** A machine loses its power under executors that work. It stays off until all faults are ended. */
export const nodeLost: Scenario = {
  id: 'node-lost',
  title: 'A node is lost',
  what: 'A machine goes dark under its executors: half a minute later it is NotReady, and its pods are evicted after some minutes.',
  namespace: 'analytics',
  async play(stage) {
    const { world } = stage;
    const created = submitApplication(stage, 'sessions-rebuild', ['slow', '600'], { executor: { instances: 5 } });
    void (async () => {
      await inState(world, created, 'RUNNING');
      await world.time.pace(30);
      const { driver, executors } = nodesOf(world, created);
      const node = executors.find((each) => each !== '' && each !== driver) ?? driver;
      if (node !== '') loseNode(world, node);
    })();
    return { created: [created], told: `Created ${created.name}; a node of its executors is lost soon after it runs.` };
  },
};
