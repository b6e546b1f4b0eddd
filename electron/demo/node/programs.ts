import { labelsOf } from '../json.ts';
import type { World } from '../world.ts';
import { exitSwitch, type Program, type StartProgram } from './program.ts';
import { script } from './script.ts';

/** Chooses what a pod's container does: a Spark driver, an executor, or the command it names. */
export function programs(world: World, startDriver: StartProgram): StartProgram {
  return (place) => {
    const role = labelsOf(place.pod)['spark-role'];
    if (role === 'driver') return startDriver(place);
    if (role === 'executor') return executor();
    return script(world, place);
  };
}

function executor(): Program {
  const { exit, leave } = exitSwitch();
  const command = '/opt/java/bin/java org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend';
  const end = (code: number) => () => leave({ code });
  return { exit, terminate: end(0), kill: end(137), connect: () => null, processes: () => [{ pid: 1, user: 'spark', command }] };
}
