import { at, labelsOf, listOf, textOf } from '../json.ts';
import type { World } from '../world.ts';
import { type ContainerPlace, exitSwitch, type Program, type StartProgram } from './program.ts';

/** Chooses what a pod's container does: a Spark driver, an executor, or a small script. */
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

/** `sh -c` scripts of echo, sleep and exit are played; every other program waits for its end. */
function script(world: World, { pod, write }: ContainerPlace): Program {
  const { exit, leave, left } = exitSwitch();
  const container = listOf(at(pod, 'spec', 'containers'))[0];
  const words = [...listOf(at(container, 'command')), ...listOf(at(container, 'args'))].map((word) => textOf(word));
  const play = async (): Promise<void> => {
    for (const step of (words[2] ?? '').split(';')) {
      const [command, ...rest] = step.trim().split(/\s+/);
      if (left()) return;
      if (command === 'echo') write(rest.join(' '));
      if (command === 'sleep') await world.time.sleep(Number(rest[0]));
      if (command === 'exit') return leave({ code: Number(rest[0]) });
    }
    leave({ code: 0 });
  };
  if (words[0] === 'sh' && words[1] === '-c') void play();
  const end = () => leave({ code: 137 });
  return {
    exit,
    terminate: end,
    kill: end,
    connect: () => null,
    processes: () => [{ pid: 1, user: 'root', command: words.join(' ') }],
  };
}
