// biome-ignore-all lint/a11y/useSemanticElements: a virtual list is no <table>.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { LogLineShown } from '../../../shared/contract/logs.ts';
import { patternOf } from '../../../shared/logs/view.ts';
import { LogRow } from './LogRow.tsx';
import styles from './Logs.module.css';
import { moveOf } from './moves.ts';
import type { LogStore } from './store.ts';

/** Pixels of a line that is not wrapped. */
const ROW = 18;
const OVERSCAN = 20;

interface LogListProps {
  store: LogStore;
  scroller: RefObject<HTMLDivElement | null>;
  name: string;
  wrap: boolean;
  following: boolean;
  /** Whether the end is to be kept in view. */
  onFollow(following: boolean): void;
}

/** The lines on screen and a few around them; the rest is in the backend. */
export function LogList({ store, scroller, name, wrap, following, onFollow }: LogListProps) {
  const { counts, from, lines, place, anchor, filter } = useStore(store);
  const size = counts?.size ?? 0;
  const dropped = counts?.dropped ?? 0;
  const virtual = useVirtualizer({
    count: size,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    getItemKey: (index) => dropped + index,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const count = items.length;
  useEffect(() => store.show(dropped + first, count), [store, dropped, first, count]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of wrapping is a reason to measure anew.
  useEffect(() => virtual.measure(), [virtual, wrap]);
  useLayoutEffect(() => {
    if (following && size > 0) virtual.scrollToIndex(size - 1, { align: 'end' });
  }, [virtual, following, size]);
  // What is forgotten was above: what is being read stays where it is.
  const lost = useRef(dropped);
  useLayoutEffect(() => {
    const by = dropped - lost.current;
    lost.current = dropped;
    if (by > 0 && !following && scroller.current) scroller.current.scrollTop -= by * ROW;
  }, [dropped, following, scroller]);
  useEffect(() => {
    if (place !== null && !following) virtual.scrollToIndex(place - dropped, { align: 'auto' });
  }, [virtual, place, dropped, following]);

  const top = useRef(0);
  const scrolled = () => {
    const element = scroller.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < ROW;
    if (atEnd) onFollow(true);
    else if (element.scrollTop < top.current - 1) onFollow(false);
    top.current = element.scrollTop;
  };

  const sources = useMemo(() => new Map(counts?.sources.map((source) => [source.number, source])), [counts?.sources]);
  const sought = filter.search ?? filter.text;
  const pattern = useMemo(() => (sought === null ? null : patternOf(sought.words, sought.expression)), [sought]);
  const lineAt = (index: number): LogLineShown | undefined => lines[dropped + index - from];

  const pressed = (event: KeyboardEvent) => {
    const active = place ?? dropped + Math.max(0, size - 1);
    if ((event.ctrlKey || event.metaKey) && event.key === 'c' && place !== null && document.getSelection()?.isCollapsed) {
      event.preventDefault();
      void store.chosenText().then((text) => navigator.clipboard.writeText(text));
      return;
    }
    if (event.key === 'Enter') {
      const line = lineAt(active - dropped);
      if (line) store.toggle(line);
      event.preventDefault();
      return;
    }
    const move = moveOf(event, Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW) / ROW) - 1));
    if (move === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (move === Number.POSITIVE_INFINITY) return onFollow(true);
    onFollow(false);
    store.choose(Math.min(dropped + size - 1, Math.max(dropped, active + move)), event.shiftKey);
  };
  const inChoice = (at: number): boolean =>
    place !== null && anchor !== null && at >= Math.min(place, anchor) && at <= Math.max(place, anchor);

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={`Log of ${name}`}
      aria-rowcount={size}
      aria-multiselectable="true"
      aria-activedescendant={place === null ? undefined : `log-${place}`}
      tabIndex={0}
      className={styles.scroller}
      data-wrap={wrap || undefined}
      onScroll={scrolled}
      onKeyDown={pressed}
    >
      <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const line = lineAt(item.index);
          const at = dropped + item.index;
          return (
            <div
              key={item.key}
              ref={wrap ? virtual.measureElement : undefined}
              data-index={item.index}
              role="presentation"
              className={styles.place}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {line && (
                <LogRow
                  line={line}
                  source={sources.get(line.source)}
                  place={at}
                  chosen={inChoice(at)}
                  active={at === place}
                  pattern={pattern}
                  onChoose={store.choose}
                  onToggle={store.toggle}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
