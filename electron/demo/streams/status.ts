import type { JsonObject } from '../json.ts';

/** What the error channel says when a program ended well. */
export const success: JsonObject = { metadata: {}, status: 'Success' };

/** What it says about an exit code other than 0; `command` is named unless the program has a terminal. */
export function exited(code: number, command: string[] | null): JsonObject {
  const how =
    command === null
      ? `command terminated with exit code ${code}`
      : `error executing command [${command.join(' ')}], exit code ${code}`;
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: ${how}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}

/** What it says when the kubelet or the container runtime could not do it. */
export function internal(message: string): JsonObject {
  return {
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: ${message}`,
    reason: 'InternalError',
    details: { causes: [{ message }] },
    code: 500,
  };
}
