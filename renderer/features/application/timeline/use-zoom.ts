import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { pan, timeAt, type Window, type Zoom, zoomAt } from './window.ts';

/** How much one press of a key or button, and one pixel of the wheel, change the length of the window. */
const STEP = 1.5;
const WHEEL = 1.0022;

export interface Zooming {
  window: Window;
  fitted: boolean;
  /** Shows less (factor below 1) or more, around the middle or the moment given. */
  by(factor: number, anchor?: number): void;
  in(): void;
  out(): void;
  fit(): void;
  /** Shows this stretch, as far as it is inside the whole. */
  to(window: Window): void;
  pan(milliseconds: number): void;
}

/** The window on screen: `whole` until the person zooms, then what they chose, always inside `whole`. */
export function useZoom(whole: Window): Zooming {
  const [zoom, setZoom] = useState<Zoom>({ mode: 'fit' });
  const { from, to } = zoom.mode === 'fit' ? whole : zoom;
  const window = useMemo(() => ({ from, to }), [from, to]);

  function show(change: (window: Window) => Window) {
    setZoom((present) => {
      const next = change(present.mode === 'fit' ? whole : present);
      return next.to - next.from >= whole.to - whole.from ? { mode: 'fit' } : { mode: 'chosen', ...next };
    });
  }
  const by = (factor: number, anchor?: number) =>
    show((present) => zoomAt(present, factor, anchor ?? (present.from + present.to) / 2, whole));
  return {
    window,
    fitted: zoom.mode === 'fit',
    by,
    in: () => by(1 / STEP),
    out: () => by(STEP),
    fit: () => setZoom({ mode: 'fit' }),
    to: (wanted) => show(() => pan(wanted, 0, whole)),
    pan: (milliseconds) => show((present) => pan(present, milliseconds, whole)),
  };
}

/**
 * Wheel with Ctrl (or a pinch) zooms around the pointer, with Shift (or sideways) it pans; dragging pans. `offset` is where
 * the tracks begin, pixels from the left edge of `area`.
 */
export function useGestures(area: RefObject<HTMLElement | null>, zooming: Zooming, offset: number, width: number): void {
  // The listeners are set once; they read the present zoom from here.
  const present = useRef({ zooming, offset, width });
  useEffect(() => {
    present.current = { zooming, offset, width };
  });
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const listening = new AbortController();
    const { signal } = listening;
    const millisecondsOf = (pixels: number) => {
      const { zooming, width } = present.current;
      return (pixels / Math.max(width, 1)) * (zooming.window.to - zooming.window.from);
    };
    element.addEventListener(
      'wheel',
      (event) => {
        const { zooming, offset, width } = present.current;
        const sideways = event.shiftKey ? event.deltaY : event.deltaX;
        if (event.ctrlKey || event.metaKey) {
          const x = event.clientX - element.getBoundingClientRect().left - offset;
          zooming.by(WHEEL ** event.deltaY, timeAt(Math.min(Math.max(x, 0), width), zooming.window, width));
        } else if (sideways !== 0 && !zooming.fitted) {
          zooming.pan(millisecondsOf(sideways));
        } else return;
        event.preventDefault();
      },
      { signal, passive: false },
    );
    let last: number | null = null;
    element.addEventListener(
      'pointerdown',
      (event) => {
        if (event.button === 0 && event.clientX - element.getBoundingClientRect().left > present.current.offset)
          last = event.clientX;
      },
      { signal },
    );
    element.addEventListener(
      'pointermove',
      (event) => {
        if (last === null || present.current.zooming.fitted) return;
        present.current.zooming.pan(-millisecondsOf(event.clientX - last));
        last = event.clientX;
        element.dataset.dragging = '';
      },
      { signal },
    );
    globalThis.addEventListener(
      'pointerup',
      () => {
        last = null;
        delete element.dataset.dragging;
      },
      { signal },
    );
    return () => listening.abort();
  }, [area]);
}
