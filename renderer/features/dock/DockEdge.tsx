import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import styles from './Dock.module.css';

const LEAST = 96;
/** What is left of the page at least. */
const PAGE = 120;
const STEP = 24;

const within = (height: number): number => Math.max(LEAST, Math.min(height, window.innerHeight - PAGE));

/** The dock's upper edge: dragged, or moved with the arrow keys. `onChange` is told once, at the end. */
export function DockEdge({ height, onChange }: { height: number; onChange(height: number): void }) {
  const edge = useRef<HTMLHRElement>(null);

  function grab(event: PointerEvent): void {
    const dock = edge.current?.parentElement;
    if (event.button !== 0 || dock == null || edge.current === null) return;
    event.preventDefault();
    edge.current.setPointerCapture(event.pointerId);
    const start = event.clientY + dock.offsetHeight;
    let last = dock.offsetHeight;
    const ending = new AbortController();
    const { signal } = ending;
    const move = (moved: globalThis.PointerEvent) => {
      last = within(start - moved.clientY);
      dock.style.height = `${last}px`;
    };
    const drop = () => {
      ending.abort();
      onChange(last);
    };
    edge.current.addEventListener('pointermove', move, { signal });
    edge.current.addEventListener('lostpointercapture', drop, { signal });
  }

  function press(event: KeyboardEvent): void {
    const by = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onChange(within(height + by));
  }

  return (
    <hr
      ref={edge}
      className={styles.edge}
      tabIndex={0}
      aria-label="Height of the dock"
      aria-orientation="horizontal"
      aria-valuenow={height}
      onPointerDown={grab}
      onKeyDown={press}
    />
  );
}
