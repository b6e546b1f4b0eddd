import type { JsonObject } from '../json.ts';

/** What the error channel says when a program ended well. */
export const success: JsonObject = { metadata: {}, status: 'Success' };

/** Which of the two protocols is spoken: in v4 the kubelet answers, in v5 the API server between it and the client. */
export type Protocol = 'v4' | 'v5';

/** What it says about an exit code other than 0 of `command`, which is empty for the container's own program. */
export function exited(code: number, protocol: Protocol, command: string[]): JsonObject {
  const how =
    protocol === 'v4'
      ? `error executing command [${command.join(' ')}], exit code ${code}`
      : `command terminated with exit code ${code}`;
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
