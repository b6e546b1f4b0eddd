import { z } from 'zod';
import { applicationRefSchema } from '../../shared/contract/applications.ts';
import type { Playable, Played } from '../../shared/contract/demo.ts';
import type { Cluster } from '../clusters/index.ts';

/** What can be asked of a running demo cluster besides Kubernetes. Each throws `FailureError`, `demo-ended` when it does not run. */
export interface Steering {
  playables(): Promise<{ scenarios: Playable[]; breakages: Playable[] }>;
  /** Plays the scenario of that id, in `namespace` or in the one it is made for. */
  play(scenario: string, namespace: string | null): Promise<Played>;
  /** Breaks what the breakage of that id says. */
  break(breakage: string): Promise<{ told: string }>;
}

const listSchema = z.object({ items: z.array(z.object({ id: z.string(), title: z.string(), what: z.string() })) });
const toldSchema = z.object({ told: z.string() });
const playedSchema = toldSchema.extend({ created: z.array(applicationRefSchema.omit({ context: true })) });

/** Steers through the paths under `/control/` that tests in another process use too, with the administrator's credentials. */
export function createSteering(cluster: () => Cluster): Steering {
  const list = async (what: string) => {
    const { body } = await cluster().request({ method: 'GET', path: `/control/${what}` });
    return listSchema.parse(body).items;
  };
  const post = async (what: string, id: string, body: unknown) => {
    const answer = await cluster().request({ method: 'POST', path: `/control/${what}/${encodeURIComponent(id)}`, body });
    return answer.body;
  };
  return {
    async playables() {
      const [scenarios, breakages] = await Promise.all([list('scenarios'), list('breakages')]);
      return { scenarios, breakages };
    },
    async play(scenario, namespace) {
      const { context } = cluster();
      const { created, told } = playedSchema.parse(await post('scenarios', scenario, { namespace }));
      return { created: created.map((reference) => ({ context, ...reference })), told };
    },
    async break(breakage) {
      return toldSchema.parse(await post('breakages', breakage, {}));
    },
  };
}
