import type { Container } from './container.ts';
import type { Input } from './input.ts';
import type { Terminal } from './terminal.ts';

/** What is started in a container. */
export interface SessionOptions {
  command: string[];
  tty: boolean;
  /** Whether standard input is open; without it the program finds an end at once. */
  stdin: boolean;
  pid: number;
}

/** Where its output goes. A promise that waits makes the program wait. */
export interface Output {
  stdout(chunk: Buffer): Promise<void>;
  stderr(chunk: Buffer): Promise<void>;
}

/** The parts of a session that commands need. */
export interface SessionParts {
  container: Container;
  options: SessionOptions;
  /** What it runs now: what it was started with, or what took its place (`exec`). */
  command: string[];
  input: Input;
  terminal: Terminal | null;
  output: Output;
  /** Ends when the foreground command is interrupted. */
  foreground(): AbortSignal;
  /** Shows a prompt, on a terminal as part of the line that is edited. */
  prompt(text: string, remembers: boolean): Promise<void>;
  /** Script text by signal name. */
  traps: Map<string, string>;
  kill(signal: number): void;
  /** Runs a program with this session's input and output; resolves with its exit code. */
  nested(command: string[], signal: AbortSignal): Promise<number>;
}
