/** The newest bytes of a stream; every byte is named by its place since the beginning. */
export interface Scrollback {
  /** Place of the oldest byte that is kept. */
  start(): number;
  /** Place after the newest one. */
  end(): number;
  push(bytes: Uint8Array): void;
  /** A copy of at most `most` bytes from `from` on; those before {@link Scrollback.start} are gone. */
  slice(from: number, most: number): Buffer;
}

const SMALL = 64 * 1024;

/** Keeps the newest `limit` bytes in a ring that grows to that size when there are so many. */
export function createScrollback(limit: number): Scrollback {
  let ring = Buffer.allocUnsafe(Math.min(SMALL, limit));
  let end = 0;
  const start = (): number => Math.max(0, end - ring.length);

  /** Before the first byte is overwritten everything lies in order, so the ring can be copied as it is. */
  function grow(size: number): void {
    if (end > ring.length || size <= ring.length || ring.length === limit) return;
    const larger = Buffer.allocUnsafe(Math.min(limit, Math.max(size, ring.length * 2)));
    ring.copy(larger, 0, 0, end);
    ring = larger;
  }

  return {
    start,
    end: () => end,
    push(bytes) {
      grow(end + bytes.length);
      const kept = bytes.subarray(Math.max(0, bytes.length - ring.length));
      end += bytes.length - kept.length;
      const place = end % ring.length;
      const first = kept.subarray(0, ring.length - place);
      ring.set(first, place);
      ring.set(kept.subarray(first.length), 0);
      end += kept.length;
    },
    slice(from, most) {
      const first = Math.max(from, start());
      const last = Math.min(end, first + most);
      if (last <= first) return Buffer.alloc(0);
      const [place, stop] = [first % ring.length, last % ring.length];
      if (place < stop) return Buffer.from(ring.subarray(place, stop));
      return Buffer.concat([ring.subarray(place), ring.subarray(0, stop)]);
    },
  };
}
