/** A Java throwable: what its first line says, and where it was thrown. */
export interface Throwable {
  exception: string;
  message: string;
  /** Frames without `at`. */
  frames: string[];
  cause?: Throwable;
}

/** `java.lang.X: message`. */
export const headOf = ({ exception, message }: Throwable): string => (message === '' ? exception : `${exception}: ${message}`);

/** The throwable as Java prints it, cause below cause. */
export function printed(thrown: Throwable): string[] {
  const own = [...headOf(thrown).split('\n'), ...thrown.frames.map((frame) => `\tat ${frame}`)];
  if (thrown.cause === undefined) return own;
  const [first = '', ...rest] = printed(thrown.cause);
  return [...own, `Caused by: ${first}`, ...rest];
}

/** Ends a job's main method: the throwable that nobody catches. */
export class JobFailed extends Error {
  readonly thrown: Throwable;
  constructor(thrown: Throwable) {
    super(headOf(thrown));
    this.thrown = thrown;
  }
}

/** `System.exit(code)` in a job. */
export class SystemExit extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}
