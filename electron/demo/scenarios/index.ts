import { pods } from '../api/kinds.ts';
import { badRequest } from '../api/status.ts';
import type { FaultGate } from '../faults/faults.ts';
import { type JsonObject, labelsOf, nameOf, textOf } from '../json.ts';
import type { World } from '../world.ts';
import { applicationScenarios } from './applications.ts';
import { breakages, createBreakages } from './breakages.ts';
import { editScenarios } from './edits.ts';
import { liveIn } from './lived-in.ts';
import { nodeLost } from './node-lost.ts';
import { operatorScenarios } from './operator.ts';
import { otherKindScenarios } from './other-kinds.ts';
import { quotaExceeded } from './quota.ts';
import { listed, type Played, type Scenario, type Stage } from './scenario.ts';
import { tenThousandPods } from './ten-thousand-pods.ts';

const scenarios: Scenario[] = [
  ...applicationScenarios,
  quotaExceeded,
  nodeLost,
  ...operatorScenarios,
  ...editScenarios,
  ...otherKindScenarios,
  tenThousandPods,
];

/** What is played on one cluster, from tests and from the app alike. */
export interface Scenarios {
  /** Makes the cluster look lived in. */
  liveIn(): void;
  /** Plays a scenario in `namespace`, or in its own. Throws `ApiError`, 400 for an unknown id. */
  play(id: string, namespace?: string): Promise<Played>;
  /**
   * Answers `GET /control/scenarios`, `POST /control/scenarios/<id>` (`{ "namespace"? }`), `GET /control/breakages` and
   * `POST /control/breakages/<id>`; null for what is none of these. Throws `ApiError`.
   */
  control(method: string, what: string, body: JsonObject): Promise<JsonObject> | null;
}

/** The scenarios and breakages of a cluster. */
export function createScenarios(world: World, faults: FaultGate): Scenarios {
  const breakOne = createBreakages(faults, world);
  const stageOf = (namespace: string): Stage => ({ world, namespace, freeName: (stem) => freeName(world, namespace, stem) });

  async function play(id: string, namespace?: string): Promise<Played> {
    const scenario = scenarios.find((each) => each.id === id);
    if (scenario === undefined) throw badRequest(`there is no scenario ${id}`);
    return scenario.play(stageOf(namespace ?? scenario.namespace));
  }

  return {
    liveIn: () => liveIn(world, stageOf),
    play,
    control(method, what, body) {
      const [list, id = ''] = what.split('/');
      if (list === 'scenarios') {
        if (method === 'GET') return Promise.resolve({ items: scenarios.map(listed) });
        return play(id, textOf(body.namespace) || undefined).then(({ created, told }) => ({
          created: created.map((each) => ({ ...each })),
          told,
        }));
      }
      if (list !== 'breakages') return null;
      if (method === 'GET') return Promise.resolve({ items: breakages.map(listed) });
      const broken = breakOne(id);
      if (broken === null) throw badRequest(`there is nothing called ${id} to break`);
      return Promise.resolve(broken);
    },
  };
}

/** `stem`, or the first `stem-2`, `stem-3` … that nothing in the namespace is called; a driver that nobody owns goes by its label. */
function freeName(world: World, namespace: string, stem: string): string {
  const custom = world.kinds.filter((kind) => kind.custom).flatMap((kind) => world.store.list(kind, namespace).map(nameOf));
  const submitted = world.store.list(pods, namespace).map((pod) => textOf(labelsOf(pod)['spark-app-name']));
  const taken = new Set([...custom, ...submitted]);
  let number = 1;
  const next = () => (number === 1 ? stem : `${stem}-${number}`);
  while (taken.has(next())) number += 1;
  return next();
}
