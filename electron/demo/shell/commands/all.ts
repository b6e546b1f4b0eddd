import type { Command } from 'just-bash';
import type { Library } from '../library.ts';
import type { SessionParts } from '../session-parts.ts';
import type { Commands } from './command.ts';
import { networkCommands } from './network.ts';
import { processCommands } from './processes.ts';
import { sparkCommands } from './spark.ts';
import { streamCommands } from './streaming.ts';
import { systemCommands } from './system.ts';

/** The commands that the library has not, or that must know the session they run in. */
export function commandsOf(library: Library, parts: SessionParts): Command[] {
  const all: Commands = {
    ...streamCommands(parts),
    ...systemCommands(parts),
    ...processCommands(parts),
    ...networkCommands(parts),
    ...sparkCommands(parts),
  };
  return Object.entries(all).map(([name, run]) => library.defineCommand(name, async (args, context) => run(args, context)));
}
