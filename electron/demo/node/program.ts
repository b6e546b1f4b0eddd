import type { Duplex, Writable } from 'node:stream';
import type { JsonObject } from '../json.ts';

/** How a container's main process ended. */
export interface Exit {
  code: number;
  /** `terminated.reason`; by default Completed for 0 and Error for the rest. */
  reason?: string;
  /** `terminated.message`, what stood in the termination log. */
  message?: string;
}

/** A line of `ps`. */
export interface Process {
  pid: number;
  user: string;
  command: string;
}

/** Where a program runs, and where its output goes. */
export interface ContainerPlace {
  pod: JsonObject;
  container: string;
  /** How often the container was started before. */
  restarts: number;
  /** One line of output, without its end. */
  write(line: string): void;
  /** Output as it comes: bytes of lines, or of pieces of them. */
  output(chunk: Uint8Array): void;
}

/** A container's main process, as the kubelet and the streams into the pod see it. */
export interface Program {
  exit: Promise<Exit>;
  /** SIGTERM. What has not ended when the grace period is over is killed by the kubelet. */
  terminate(): void;
  /** SIGKILL. */
  kill(): void;
  /** A connection to a port inside the pod, or null where nobody listens. */
  connect(port: number): Duplex | null;
  /** What runs in the container, the main process first. */
  processes(): Process[];
  /** Standard input, where the container has `stdin: true` and the program reads it. */
  stdin?: Writable;
  /** Hands over what is written from now on, as it comes, and returns how to stop. Without it, lines of the log are what comes. */
  attach?(onOutput: (chunk: Buffer) => void): () => void;
  /** Tells the size of the user's terminal, where the container has `tty: true`. */
  resize?(columns: number, rows: number): void;
}

export type StartProgram = (place: ContainerPlace) => Program;

/** An exit that is settled once. */
export function exitSwitch(): { exit: Promise<Exit>; leave(exit: Exit): void; left(): boolean } {
  let left = false;
  let resolve: (exit: Exit) => void = () => undefined;
  const exit = new Promise<Exit>((settle) => {
    resolve = settle;
  });
  return {
    exit,
    leave(how) {
      left = true;
      resolve(how);
    },
    left: () => left,
  };
}
