import type { World } from '../../world.ts';
import { startApplications } from './applications.ts';
import { install } from './install.ts';
import { startSchedules } from './schedules.ts';

/** Plays the Kubeflow Spark operator 2.5.2 with its default flags. Returns how to stop it. */
export function startOperator(world: World): () => void {
  install(world);
  const stops = [startApplications(world), startSchedules(world)];
  return () => {
    for (const stop of stops) stop();
  };
}
