import { ApiError } from '../api/status.ts';
import type { Harm } from './fault.ts';

const words: Record<number, [reason: string, message: string]> = {
  400: ['BadRequest', 'the server rejected our request for an unknown reason'],
  401: ['Unauthorized', 'Unauthorized'],
  403: ['Forbidden', 'forbidden by a fault'],
  404: ['NotFound', 'the server could not find the requested resource'],
  409: ['Conflict', 'the object has been modified; please apply your changes to the latest version and try again'],
  410: ['Expired', 'too old resource version: 1 (2)'],
  429: ['TooManyRequests', 'too many requests, please try again later'],
  500: ['InternalError', 'Internal error occurred'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: ['Timeout', 'the server was unable to return a response in the time allotted'],
};

/** The answer a `status` fault gives, in the shape and words of the API server. */
export function refusal({ status, retryAfter, body }: Extract<Harm, { kind: 'status' }>): ApiError {
  const [reason, message] = words[status] ?? ['Unknown', 'an error on command'];
  const headers = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  const details = retryAfter === undefined ? undefined : { retryAfterSeconds: retryAfter };
  const error = new ApiError(status, reason, message, details, headers);
  if (body !== undefined) Object.assign(error.body, body);
  return error;
}
