import type { ServerResponse } from 'node:http';
import { pods } from '../api/kinds.ts';
import { ApiError, badRequest, type Cause, notFound } from '../api/status.ts';
import type { Store } from '../api/store.ts';
import { at, isObject, type JsonObject, listOf, nameOf, textOf } from '../json.ts';
import type { ContainerLog, LogEntry, Logs } from './logs.ts';

interface LogOptions {
  follow: boolean;
  previous: boolean;
  timestamps: boolean;
  /** Epoch milliseconds. */
  since: number;
  tailLines: number | null;
  limitBytes: number;
}

/** Answers `pods/log`: container, previous, follow, tailLines, sinceSeconds, sinceTime, limitBytes, timestamps. Throws `ApiError`. */
export function readLog(
  store: Store,
  logs: Logs,
  namespace: string,
  name: string,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  const pod = store.get(pods, namespace, name);
  if (pod === null) throw notFound(pods, name);
  const options = optionsOf(name, query, store.time.now());
  const container = containerOf(pod, query.get('container') ?? '');
  const scheduled = textOf(at(pod, 'spec', 'nodeName')) !== '';
  const id = scheduled ? startOf(pod, container, options.previous) : '';
  const log = logs.find(id);
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  if (log === null) response.end();
  else send(log, options, response);
}

function optionsOf(pod: string, query: URLSearchParams, now: number): LogOptions {
  const causes: Cause[] = [];
  const number = (field: string, least: 0 | 1): number | null => {
    const text = query.get(field);
    if (text === null || text === '') return null;
    if (!/^[+-]?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
    const value = Number(text);
    const rule = least === 0 ? 'must be greater than or equal to 0' : 'must be greater than 0';
    if (value < least) causes.push({ reason: 'FieldValueInvalid', message: `Invalid value: ${value}: ${rule}`, field });
    return value;
  };
  const yes = (field: string): boolean => /^(true|1)$/.test(query.get(field) ?? '');
  const sinceTime = query.get('sinceTime') ?? '';
  const from = sinceTime === '' ? 0 : Date.parse(sinceTime);
  if (Number.isNaN(from)) {
    const layout = '2006-01-02T15:04:05Z07:00';
    throw badRequest(`parsing time "${sinceTime}" as "${layout}": cannot parse "${sinceTime}" as "2006"`);
  }
  const tailLines = number('tailLines', 0);
  const limitBytes = number('limitBytes', 1);
  const seconds = number('sinceSeconds', 1);
  if (seconds !== null && sinceTime !== '') {
    const message = 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified';
    causes.push({ reason: 'FieldValueForbidden', message, field: '[]' });
  }
  if (causes.length > 0) throw invalidOptions(pod, causes);
  return {
    follow: yes('follow'),
    previous: yes('previous'),
    timestamps: yes('timestamps'),
    since: seconds === null ? from : now - seconds * 1000,
    tailLines,
    limitBytes: limitBytes ?? Number.POSITIVE_INFINITY,
  };
}

function invalidOptions(name: string, causes: Cause[]): ApiError {
  const texts = causes.map(({ field, message }) => `${field}: ${message}`);
  const text = texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`;
  const details = { name, kind: 'PodLogOptions', causes: causes.map((cause) => ({ ...cause })) };
  return new ApiError(422, 'Invalid', `PodLogOptions "${name}" is invalid: ${text}`, details);
}

/** The container that is meant, init containers included. */
function containerOf(pod: JsonObject, asked: string): string {
  const names = (field: string): string[] => listOf(at(pod, 'spec', field)).map((container) => textOf(at(container, 'name')));
  const main = names('containers');
  const all = [...names('initContainers'), ...main];
  if (asked === '' && main.length > 1) {
    throw badRequest(`a container name must be specified for pod ${nameOf(pod)}, choose one of: [${all.join(' ')}]`);
  }
  const container = asked || (main[0] ?? '');
  if (!all.includes(container)) throw badRequest(`container ${container} is not valid for pod ${nameOf(pod)}`);
  return container;
}

/** The id of the start whose log is asked for, by what the kubelet wrote last. Throws what a kubelet answers while there is none. */
function startOf(pod: JsonObject, container: string, previous: boolean): string {
  const statuses = [...listOf(at(pod, 'status', 'initContainerStatuses')), ...listOf(at(pod, 'status', 'containerStatuses'))];
  const status = statuses.filter(isObject).find(({ name }) => name === container);
  const subject = `container "${container}" in pod "${nameOf(pod)}"`;
  if (status === undefined) throw badRequest(`${subject} is not available`);
  const last = textOf(at(status, 'lastState', 'terminated', 'containerID'));
  if (previous) {
    if (last === '') throw badRequest(`previous terminated ${subject} not found`);
    return last;
  }
  const waiting = at(status, 'state', 'waiting');
  if (waiting === undefined) return textOf(status.containerID);
  if (last !== '') return last;
  const reason = textOf(at(waiting, 'reason'));
  throw badRequest(`${subject} is waiting to start: ${waitingWords[reason] ?? reason}`);
}

const waitingWords: Record<string, string> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
};

/** Sends what there is and, when asked to, what comes, no faster than the client takes it. */
function send(log: ContainerLog, options: LogOptions, response: ServerResponse): void {
  let number = firstOf(log, options);
  let left = options.limitBytes;
  let full = false;
  // A tail may begin in the midst of a line that was written in pieces; a piece has no time of its own.
  let lineBegins = true;
  const pump = (): void => {
    while (!full && left > 0) {
      number = Math.max(number, log.first());
      const entry = log.entry(number);
      if (entry === null) break;
      number += 1;
      const stamp = options.timestamps && lineBegins ? `${stampOf(entry)} ` : '';
      const text = Buffer.concat([Buffer.from(stamp), Buffer.from(entry.text)]);
      lineBegins = text.at(-1) === 10;
      full = !response.write(text.subarray(0, left));
      left -= text.length;
    }
    if (!full && (left <= 0 || !options.follow || log.ended())) response.end();
  };
  const stop = log.subscribe(() => options.follow && pump());
  response.on('drain', () => {
    full = false;
    pump();
  });
  response.once('close', stop);
  pump();
  if (!response.writableEnded) response.flushHeaders();
}

function firstOf(log: ContainerLog, { since, tailLines }: LogOptions): number {
  let number = log.first();
  while ((log.entry(number)?.milliseconds ?? since) < since) number += 1;
  if (tailLines === null) return number;
  let first = log.next();
  for (let lines = 0; first > number; first -= 1) {
    const before = log.entry(first - 1)?.text.at(-1);
    const ends = before === '\n' || before === 10;
    if (ends || first === log.next()) lines += 1;
    if (lines > tailLines) break;
  }
  return first;
}

/** RFC 3339 with nanoseconds, as in `2026-11-21T14:52:12.285001371Z`. */
function stampOf({ milliseconds, nanoseconds }: LogEntry): string {
  return new Date(milliseconds).toISOString().replace('Z', `${String(nanoseconds).padStart(6, '0')}Z`);
}
