import type { ServerResponse } from 'node:http';
import { pods } from '../api/kinds.ts';
import { badRequest, notFound } from '../api/status.ts';
import type { Store } from '../api/store.ts';
import { at, isObject, type JsonObject, listOf, nameOf, textOf, uidOf } from '../json.ts';
import type { Time } from '../time.ts';

interface Line {
  at: number;
  text: string;
}

/** What the containers wrote, by pod. */
export interface Logs {
  /** The cluster's clock, by which the lines are stamped. */
  now(): number;
  append(uid: string, text: string): void;
  /** Nothing more will come. */
  finish(uid: string): void;
  lines(uid: string): Line[];
  follow(uid: string, onLine: (line: Line) => void, onEnd: () => void): () => void;
}

interface Follower {
  onLine: (line: Line) => void;
  onEnd: () => void;
}

export function createLogs(time: Time): Logs {
  const books = new Map<string, { lines: Line[]; ended: boolean; followers: Set<Follower> }>();
  const book = (uid: string) => {
    const found = books.get(uid) ?? { lines: [], ended: false, followers: new Set<Follower>() };
    books.set(uid, found);
    return found;
  };
  return {
    now: () => time.now(),
    append(uid, text) {
      const line = { at: time.now(), text };
      book(uid).lines.push(line);
      for (const follower of book(uid).followers) follower.onLine(line);
    },
    finish(uid) {
      book(uid).ended = true;
      for (const follower of book(uid).followers) follower.onEnd();
    },
    lines: (uid) => book(uid).lines,
    follow(uid, onLine, onEnd) {
      if (book(uid).ended) onEnd();
      const follower = { onLine, onEnd };
      book(uid).followers.add(follower);
      return () => book(uid).followers.delete(follower);
    },
  };
}

/** Answers `pods/log`: follow, tailLines, sinceSeconds, sinceTime, limitBytes, timestamps, container. */
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
  checkContainer(pod, query);
  const uid = uidOf(pod);
  const since = query.get('sinceTime');
  const seconds = query.get('sinceSeconds');
  const from = since !== null ? Date.parse(since) : seconds !== null ? logs.now() - Number(seconds) * 1000 : 0;
  const stamped = query.get('timestamps') === 'true';
  const print = (line: Line): string =>
    `${stamped ? `${new Date(line.at).toISOString().replace('Z', '000000Z')} ` : ''}${line.text}\n`;

  const recent = logs.lines(uid).filter((line) => line.at >= from);
  const tail = query.get('tailLines');
  const first = tail === null ? recent : Number(tail) === 0 ? [] : recent.slice(-Number(tail));
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  const limit = query.get('limitBytes');
  const text = first.map(print).join('');
  const head = limit === null ? text : Buffer.from(text).subarray(0, Number(limit)).toString();
  if (query.get('follow') !== 'true') {
    response.end(head);
    return;
  }
  response.write(head);
  const stop = logs.follow(
    uid,
    (line) => response.write(print(line)),
    () => response.end(),
  );
  response.once('close', stop);
}

function checkContainer(pod: JsonObject, query: URLSearchParams): void {
  const names = listOf(at(pod, 'spec', 'containers'))
    .filter(isObject)
    .map((container) => textOf(container.name));
  const container = query.get('container') ?? names[0] ?? '';
  if (!names.includes(container)) throw badRequest(`container ${container} is not valid for pod ${nameOf(pod)}`);
  if (query.get('previous') === 'true') {
    throw badRequest(`previous terminated container "${container}" in pod "${nameOf(pod)}" not found`);
  }
  const status = listOf(at(pod, 'status', 'containerStatuses')).find((entry) => at(entry, 'name') === container);
  const waiting = at(status, 'state', 'waiting', 'reason');
  if (typeof waiting === 'string') {
    throw badRequest(`container "${container}" in pod "${nameOf(pod)}" is waiting to start: ${waiting}`);
  }
}
