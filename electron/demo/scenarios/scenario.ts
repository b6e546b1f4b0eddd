import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';

/** An application that a scenario made, as the product names it. */
export interface Created {
  operator: 'kubeflow' | 'apache' | 'radanalytics' | 'spark-submit';
  namespace: string;
  name: string;
}

/** What a scenario did: what a person may want to open, and one sentence about it. */
export interface Played {
  created: Created[];
  told: string;
}

/** Where a scenario is played. */
export interface Stage {
  world: World;
  namespace: string;
  /** `stem`, or `stem-2` and so on where an object of that name is there. */
  freeName(stem: string): string;
}

/**
 * Something that can be seen on a cluster, made of ordinary objects that are created as a person would: what becomes of them
 * follows from the cluster's rules. Throws `ApiError` where the API refuses.
 */
export interface Scenario {
  id: string;
  /** Two or three words. */
  title: string;
  /** One sentence: what it shows, and how long it takes. */
  what: string;
  /** The namespace it is made for. */
  namespace: string;
  play(stage: Stage): Promise<Played>;
}

/** As {@link Scenario}, for a list that crosses to others. */
export const listed = ({ id, title, what }: Pick<Scenario, 'id' | 'title' | 'what'>): JsonObject => ({ id, title, what });
