import { at, type JsonObject, labelsOf, listOf, textOf } from '../json.ts';
import type { World } from '../world.ts';
import type { Program, StartProgram } from './kubelet.ts';

/** An exit that is settled once: by the program or by SIGTERM. */
export function exitSwitch(): { exit: Promise<number>; leave(code: number): void; left(): boolean } {
  let left = false;
  let resolve: (code: number) => void = () => undefined;
  const promise = new Promise<number>((settle) => {
    resolve = settle;
  });
  return {
    exit: promise,
    leave(code) {
      left = true;
      resolve(code);
    },
    left: () => left,
  };
}

/** Chooses what a pod's container does: a Spark driver, an executor, or a small script. */
export function programs(world: World, startDriver: StartProgram): StartProgram {
  return (pod, write) => {
    const role = labelsOf(pod)['spark-role'];
    if (role === 'driver') return startDriver(pod, write);
    if (role === 'executor') return executor();
    return script(world, pod, write);
  };
}

function executor(): Program {
  const { exit, leave } = exitSwitch();
  return { exit, stop: () => leave(0), connect: () => null };
}

/** `sh -c` scripts of echo, sleep and exit are played; every other program waits for its end. */
function script(world: World, pod: JsonObject, write: (line: string) => void): Program {
  const { exit, leave, left } = exitSwitch();
  const container = listOf(at(pod, 'spec', 'containers'))[0];
  const words = [...listOf(at(container, 'command')), ...listOf(at(container, 'args'))].map((word) => textOf(word));
  const play = async (): Promise<void> => {
    for (const step of (words[2] ?? '').split(';')) {
      const [command, ...rest] = step.trim().split(/\s+/);
      if (left()) return;
      if (command === 'echo') write(rest.join(' '));
      if (command === 'sleep') await world.sleep(Number(rest[0]));
      if (command === 'exit') return leave(Number(rest[0]));
    }
    leave(0);
  };
  if (words[0] === 'sh' && words[1] === '-c') void play();
  return { exit, stop: () => leave(137), connect: () => null };
}
