import { at, isObject, listOf } from '../json.ts';
import type { ContainerPlace, Program } from '../node/program.ts';
import type { World } from '../world.ts';
import { driver } from './driver.ts';
import { executor } from './executor.ts';
import { createLinks } from './links.ts';

/** Spark's programs on one cluster, and the network between them. */
export interface SparkPrograms {
  /** The program of a container whose first argument names a role that Spark gives, else null. */
  start(place: ContainerPlace): Program | null;
  close(): void;
}

/** One network for all drivers and executors of the cluster. */
export function createSparkPrograms(world: World): SparkPrograms {
  const links = createLinks(world.store);
  return {
    start(place) {
      const containers = listOf(at(place.pod, 'spec', 'containers')).filter(isObject);
      const role = listOf(containers.find((container) => container.name === place.container)?.args)[0];
      if (role === 'driver') return driver(world, links, place);
      return role === 'executor' ? executor(world, links, place) : null;
    },
    close: links.close,
  };
}
