import type { JsonObject } from '../json.ts';
import { type Kind, qualified } from './kinds.ts';

/** One wrong field, as it stands in `details.causes`. */
export interface Cause {
  reason: string;
  message: string;
  field: string;
}

/** A refusal of the API server: its `Status` body and its HTTP code. */
export class ApiError extends Error {
  readonly code: number;
  readonly body: JsonObject;
  readonly headers: Record<string, string>;

  constructor(code: number, reason: string | null, message: string, details?: JsonObject, headers: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.headers = headers;
    this.body = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      ...(reason === null ? {} : { reason }),
      ...(details === undefined ? {} : { details }),
      code,
    };
  }
}

/** `details` as the server writes them: the plural name under `kind`, the group when there is one. */
export function detailsOf(kind: Kind, name: string): JsonObject {
  return { ...(name === '' ? {} : { name }), ...(kind.group === '' ? {} : { group: kind.group }), kind: kind.plural };
}

export const unauthorised = () => new ApiError(401, 'Unauthorized', 'Unauthorized');

export const badRequest = (message: string) => new ApiError(400, 'BadRequest', message);

/** A request beyond what the server takes; `why` says the limit. */
export const tooLarge = (why: string) => new ApiError(413, 'RequestEntityTooLarge', `Request entity too large: ${why}`);

export const notFound = (kind: Kind, name: string) =>
  new ApiError(404, 'NotFound', `${qualified(kind)} "${name}" not found`, detailsOf(kind, name));

/** A body in a format that this server does not read; `accepted` are the media types it does. */
export const unknownFormat = (accepted: readonly string[]) =>
  new ApiError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  );

/** A kind that is not served in a group that is. */
export const nothingServed = () => new ApiError(404, 'NotFound', 'the server could not find the requested resource', {});

/** `ending`: the one that is there was deleted and is not gone yet. */
export const alreadyExists = (kind: Kind, name: string, ending = false) =>
  new ApiError(
    409,
    'AlreadyExists',
    `${ending ? 'object is being deleted: ' : ''}${qualified(kind)} "${name}" already exists`,
    detailsOf(kind, name),
  );

export const conflict = (kind: Kind, name: string, why: string) =>
  new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${qualified(kind)} "${name}": ${why}`, detailsOf(kind, name));

export const modified = (kind: Kind, name: string) =>
  conflict(kind, name, 'the object has been modified; please apply your changes to the latest version and try again');

export const expired = (asked: number, oldest: number) =>
  new ApiError(410, 'Expired', `too old resource version: ${asked} (${oldest})`);

/** 504 for a version that is not there yet. */
export function tooLargeVersion(asked: number, current: number): ApiError {
  const details = {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  };
  const message = `Timeout: Too large resource version: ${asked}, current: ${current}`;
  return new ApiError(504, 'Timeout', message, details, { 'Retry-After': '1' });
}

const summary = (causes: Cause[]): string => {
  const texts = causes.map((cause) => `${cause.field}: ${cause.message}`);
  return texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`;
};

/** 422 with every wrong field; `subject` is the kind with its group, as in `SparkApplication.sparkoperator.k8s.io`. */
export function invalid(kind: Kind, name: string, causes: Cause[]): ApiError {
  const subject = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
  return new ApiError(422, 'Invalid', `${subject} "${name}" is invalid: ${summary(causes)}`, {
    ...(name === '' ? {} : { name }),
    ...(kind.group === '' ? {} : { group: kind.group }),
    kind: kind.kind,
    causes: causes.map((cause) => ({ ...cause })),
  });
}

/** 422 about the options of the request itself. */
export function invalidOptions(options: string, ...causes: Cause[]): ApiError {
  return new ApiError(422, 'Invalid', `${options}.meta.k8s.io "" is invalid: ${summary(causes)}`, {
    group: 'meta.k8s.io',
    kind: options,
    causes: causes.map((cause) => ({ ...cause })),
  });
}

/** 422 about a patch whose result cannot be read; it shows the whole result, as the real server does. */
export function unprocessable(result: JsonObject, why: string): ApiError {
  const message = `Invalid value: ${JSON.stringify(JSON.stringify(result))}: ${why}`;
  const causes = [{ reason: 'FieldValueInvalid', message, field: 'patch' }];
  return new ApiError(422, 'Invalid', ` "" is invalid: patch: ${message}`, { causes });
}
