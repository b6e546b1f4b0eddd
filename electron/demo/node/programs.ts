import type { World } from '../world.ts';
import type { ContainerPlace, Program, StartProgram } from './program.ts';
import { script } from './script.ts';

/** Chooses what a pod's container does: what `spark` makes of it, else the command it names. */
export function programs(world: World, spark: (place: ContainerPlace) => Program | null): StartProgram {
  return (place) => spark(place) ?? script(world, place);
}
