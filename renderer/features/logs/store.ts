import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LogCounts, LogFilterChoice, LogLineShown } from '../../../shared/contract/logs.ts';
import type { Failure } from '../../../shared/failure.ts';

/** The requests of the contract that a look at a log needs. */
export interface LogRequests {
  /** Follows the log until the signal aborts. */
  follow(
    filter: LogFilterChoice,
    handlers: { onValue(counts: LogCounts): void; onFailure(failure: Failure): void },
    signal: AbortSignal,
  ): Promise<void>;
  change(view: string, filter: LogFilterChoice): Promise<unknown>;
  unfold(view: string, head: number, open: boolean): Promise<unknown>;
  lines(view: string, from: number, count: number): Promise<{ generation: number; from: number; lines: LogLineShown[] }>;
  placeOf(view: string, at: number): Promise<{ place: number }>;
  find(
    view: string,
    from: number,
    backwards: boolean,
  ): Promise<{ found: { generation: number; place: number; id: number; number: number } | null }>;
}

export interface LogState {
  /** Null before the backend's first word. */
  counts: LogCounts | null;
  failure: Failure | null;
  filter: LogFilterChoice;
  /** The lines that were asked for last, from a place on. */
  from: number;
  lines: readonly LogLineShown[];
  /** The line that keys act on; null: none chosen yet. */
  place: number | null;
  /** Where the chosen lines begin; equal to `place` where only that one is. */
  anchor: number | null;
  /** Number of the match that was found last, from 1. */
  match: number | null;
}

export interface LogStore extends StoreApi<LogState> {
  /** Starts following; what it returns ends it. */
  open(): () => void;
  /** Lines on screen: they are asked for, again whenever they may have changed. */
  show(from: number, count: number): void;
  filterBy(change: Partial<LogFilterChoice>): void;
  toggle(line: LogLineShown): void;
  /** Chooses a line; `extend`: all from the one chosen first. */
  choose(place: number, extend?: boolean): void;
  /** Chooses the next match, or the one before. Resolves with its place, null where there is none. */
  find(backwards: boolean): Promise<number | null>;
  /** Place of the first line at that time or later. */
  placeOf(at: number): Promise<number>;
  /** The chosen lines as text. */
  chosenText(): Promise<string>;
}

export const allLines: LogFilterChoice = { hidden: [], level: null, text: null, folded: true, search: null };

/** Lines asked for at once at most. */
const MOST = 500;

/** What the Logs tab knows: numbers that come by themselves, and the lines on screen, asked for one window at a time. */
export function createLogStore(requests: LogRequests): LogStore {
  const store = createStore<LogState>(() => ({
    counts: null,
    failure: null,
    filter: allLines,
    from: 0,
    lines: [],
    place: null,
    anchor: null,
    match: null,
  }));
  let wanted = { from: 0, count: 60 };
  let asking = false;
  let again = false;
  const view = (): string => store.getState().counts?.view ?? '';
  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);

  /** One request at a time; what was wanted meanwhile is asked for afterwards. */
  async function ask(): Promise<void> {
    again = asking;
    if (asking || view() === '') return;
    asking = true;
    try {
      const { from, lines } = await requests.lines(view(), wanted.from, Math.min(MOST, wanted.count));
      store.setState({ from, lines });
    } finally {
      asking = false;
    }
    if (again) await ask();
  }

  function onCounts(counts: LogCounts): void {
    const before = store.getState().counts;
    const isOther = before !== null && (before.view !== counts.view || before.generation !== counts.generation);
    store.setState({ counts, failure: null, ...(isOther ? { place: null, anchor: null } : {}) });
    // Another view is a new backend: it knows only the filter it was opened with.
    if (before !== null && before.view !== counts.view) quietly(requests.change(counts.view, store.getState().filter));
    quietly(ask());
  }

  return {
    ...store,
    open() {
      const closing = new AbortController();
      const handlers = { onValue: onCounts, onFailure: (failure: Failure) => store.setState({ failure }) };
      quietly(requests.follow(store.getState().filter, handlers, closing.signal));
      return () => closing.abort();
    },
    show(from, count) {
      if (wanted.from === from && wanted.count === count) return;
      wanted = { from, count };
      quietly(ask());
    },
    filterBy(change) {
      const filter = { ...store.getState().filter, ...change };
      store.setState({ filter, match: null });
      quietly(requests.change(view(), filter));
    },
    toggle(line) {
      if (line.continued > 0) quietly(requests.unfold(view(), line.id, !line.unfolded));
      else if (line.head !== line.id) quietly(requests.unfold(view(), line.head, false));
    },
    choose(place, extend = false) {
      const { anchor } = store.getState();
      store.setState({ place, anchor: extend ? (anchor ?? place) : place });
    },
    async find(backwards) {
      const { place, counts } = store.getState();
      const { found } = await requests.find(
        view(),
        place ?? (backwards ? (counts?.dropped ?? 0) + (counts?.size ?? 0) : -1),
        backwards,
      );
      if (found === null) return null;
      store.setState({ place: found.place, anchor: found.place, match: found.number });
      return found.place;
    },
    placeOf: async (at) => (await requests.placeOf(view(), at)).place,
    async chosenText() {
      const { place, anchor } = store.getState();
      if (place === null) return '';
      const end = Math.max(place, anchor ?? place);
      const texts: string[] = [];
      for (let from = Math.min(place, anchor ?? place); from <= end; from += MOST) {
        const { lines } = await requests.lines(view(), from, Math.min(MOST, end - from + 1));
        texts.push(...lines.map(({ text }) => text));
      }
      return texts.join('\n');
    },
  };
}
