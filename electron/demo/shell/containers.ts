import type { IFileSystem } from 'just-bash';
import { pods } from '../api/kinds.ts';
import { type JsonObject, listOf, nameOf, namespaceOf, textOf } from '../json.ts';
import type { Exit, Program } from '../node/program.ts';
import type { World } from '../world.ts';
import type { Container } from './container.ts';
import { createFiles, imageFiles } from './files.ts';
import { containerOf, environmentOf, mountedFiles } from './mounts.ts';
import { createPorts, type Ports } from './ports.ts';
import { submitFrom } from './submit.ts';

/** Files by main program: they live as long as the container that runs it. */
const fileSystems = new WeakMap<Program, IFileSystem>();

/**
 * A container as what runs in it sees it. `program` gives its main program as soon as there is one; its files are kept with it, so
 * that every session in the container sees the same, and a container that is started again begins anew.
 */
export function openContainer(world: World, given: JsonObject, name: string, program: () => Program | null): Container {
  const pod = world.store.get(pods, namespaceOf(given), nameOf(given)) ?? given;
  const definition = containerOf(pod, name);
  const command = [...listOf(definition.command), ...listOf(definition.args)].map((word) => textOf(word)).join(' ');
  const initial = () => imageFiles(nameOf(pod), command, mountedFiles(world, pod, definition));
  let own: IFileSystem | null = null;
  return {
    pod,
    name,
    time: world.time,
    environment: environmentOf(world, pod, definition),
    directory: textOf(definition.workingDir) || '/opt/spark/work-dir',
    initialFiles: initial,
    files(library) {
      const main = program();
      const known = own ?? (main === null ? undefined : fileSystems.get(main));
      own = known ?? createFiles(library, initial());
      if (main !== null) fileSystems.set(main, own);
      return own;
    },
    processes: () => program()?.processes() ?? [],
    connect: (port) => program()?.connect(port) ?? null,
    listen: (port, accept) => {
      const main = program();
      return main === null ? null : portsOf(main).listen(port, accept);
    },
    submit: (args) => submitFrom(world, pod, args),
  };
}

/** Ports that shells of a container listen on, by main program. */
const ports = new WeakMap<Program, Ports>();

/** The ports that what is run in `program`'s container listens on. */
export function portsOf(program: Program): Ports {
  const found = ports.get(program) ?? createPorts();
  ports.set(program, found);
  return found;
}

/** Who is to be told when a main program ends. One handler a program: promises cannot be unsubscribed from. */
const tenants = new WeakMap<Program, Set<(exit: Exit) => void>>();

/** Calls back when `program` ends; returns how not to. */
export function whenEnded(program: Program, callback: (exit: Exit) => void): () => void {
  const known = tenants.get(program);
  const set = known ?? new Set<(exit: Exit) => void>();
  set.add(callback);
  if (known === undefined) {
    tenants.set(program, set);
    void program.exit.then((exit) => {
      for (const tell of [...set]) tell(exit);
    });
  }
  return () => void set.delete(callback);
}
