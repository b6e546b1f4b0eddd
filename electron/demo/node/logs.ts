import type { Time } from '../time.ts';

/** One write of a container: a line with its end, or a piece of one. */
export interface LogEntry {
  /** Epoch milliseconds and the nanoseconds after them; together never twice in one log. */
  milliseconds: number;
  nanoseconds: number;
  text: string | Uint8Array;
}

/** What one start of a container wrote. Entries have running numbers from 0; the oldest are dropped when there are too many bytes. */
export interface ContainerLog {
  /** A line, to which the end is added. */
  line(text: string): void;
  /** Bytes as they come. What has no end of line yet waits for it, for 16 KiB, or for the end of the container. */
  bytes(chunk: Uint8Array): void;
  /** Nothing more will come. */
  end(): void;
  ended(): boolean;
  /** The number of the oldest entry that is kept, and the number the next one will get. */
  first(): number;
  next(): number;
  /** Null for what is no longer or not yet there. */
  entry(number: number): LogEntry | null;
  /** Calls back whenever there is an entry more, or the end. */
  subscribe(listener: () => void): () => void;
}

/** The logs on the nodes' disks, by container id, as it stands in `containerID` of a container's status. */
export interface Logs {
  /** Starts the log of a container; the oldest of `pod` and `container` is dropped where there are two already. */
  open(pod: string, container: string, id: string): ContainerLog;
  find(id: string): ContainerLog | null;
  /** Everything of a pod, by its uid. */
  forget(pod: string): void;
}

/** Bytes after which the container runtime cuts a line. */
const LONGEST_PIECE = 16 * 1024;
const NEWLINE = 10;
/** As much as a kubelet keeps of a container before it rotates its log. */
const KEPT_BYTES = 10 * 1024 * 1024;

export function createLogs(time: Time, keptBytes = KEPT_BYTES): Logs {
  const logs = new Map<string, ContainerLog>();
  const pods = new Map<string, Map<string, string[]>>();
  return {
    open(pod, container, id) {
      const containers = pods.get(pod) ?? new Map<string, string[]>();
      const ids = containers.get(container) ?? [];
      const dropped = ids.length > 1 ? ids.shift() : undefined;
      if (dropped !== undefined) logs.delete(dropped);
      const log = createLog(time, keptBytes);
      pods.set(pod, containers.set(container, [...ids, id]));
      logs.set(id, log);
      return log;
    },
    find: (id) => logs.get(id) ?? null,
    forget(pod) {
      for (const ids of pods.get(pod)?.values() ?? []) for (const id of ids) logs.delete(id);
      pods.delete(pod);
    },
  };
}

function createLog(time: Time, keptBytes: number): ContainerLog {
  let entries: LogEntry[] = [];
  let dropped = 0;
  let kept = 0;
  let over = false;
  let last = { milliseconds: 0, nanoseconds: 0 };
  let rest = Buffer.alloc(0);
  const listeners = new Set<() => void>();

  const append = (text: string | Uint8Array): void => {
    last = after(last, time.now());
    entries.push({ ...last, text });
    kept += text.length;
    if (kept > keptBytes) rotate();
    for (const listener of [...listeners]) listener();
  };
  /** Drops the older half at once, so that it costs little a line. */
  const rotate = (): void => {
    let count = 0;
    while (kept > keptBytes / 2 && count < entries.length - 1) {
      kept -= entries[count]?.text.length ?? 0;
      count += 1;
    }
    entries = entries.slice(count);
    dropped += count;
  };
  return {
    line: (text) => append(`${text}\n`),
    bytes(chunk) {
      rest = Buffer.concat([rest, chunk]);
      for (let length = pieceOf(rest); length > 0; length = pieceOf(rest)) {
        append(Buffer.from(rest.subarray(0, length)));
        rest = rest.subarray(length);
      }
    },
    end() {
      if (rest.length > 0) append(rest);
      over = true;
      for (const listener of [...listeners]) listener();
    },
    ended: () => over,
    first: () => dropped,
    next: () => dropped + entries.length,
    entry: (number) => entries[number - dropped] ?? null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The length of what can be written of `bytes`: a line with its end, or a piece of a long one. */
function pieceOf(bytes: Buffer): number {
  const length = bytes.subarray(0, LONGEST_PIECE).indexOf(NEWLINE) + 1;
  return length > 0 || bytes.length < LONGEST_PIECE ? length : LONGEST_PIECE;
}

/** Some nanoseconds between two writes in the same millisecond. */
const STEP = 1371;

function after(last: { milliseconds: number; nanoseconds: number }, now: number): { milliseconds: number; nanoseconds: number } {
  if (now > last.milliseconds) return { milliseconds: now, nanoseconds: STEP };
  const nanoseconds = last.nanoseconds + STEP;
  if (nanoseconds < 1_000_000) return { milliseconds: last.milliseconds, nanoseconds };
  return { milliseconds: last.milliseconds + 1, nanoseconds: STEP };
}
