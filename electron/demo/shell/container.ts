import type { Duplex } from 'node:stream';
import type { IFileSystem, InitialFiles } from 'just-bash';
import type { JsonObject } from '../json.ts';
import type { Process } from '../node/program.ts';
import type { Time } from '../time.ts';
import type { Library } from './library.ts';

/** A container as what runs in it sees it. */
export interface Container {
  pod: JsonObject;
  name: string;
  time: Time;
  /** Environment of a process that is started in it. */
  environment: Record<string, string>;
  directory: string;
  /** What is there before anything ran. */
  initialFiles(): InitialFiles;
  /** The container's files, shared by everything that runs in it; made when first asked for. */
  files(library: Library): IFileSystem;
  /** What the main program runs. */
  processes(): Process[];
  /** A connection to a port of the pod, or null where nobody listens. */
  connect(port: number): Duplex | null;
  /** Hands connections to a port to `accept`; returns how to stop, or null when the port is taken. */
  listen(port: number, accept: (connection: Duplex) => void): (() => void) | null;
  /** Runs spark-submit as the pod's service account. Resolves with what it prints when it fails, null when it went well. */
  submit(args: readonly string[]): Promise<string | null>;
}
