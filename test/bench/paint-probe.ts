import type { Page } from '@playwright/test';

/** When a measurement stood in the document, and when the frame with it was surely on screen; epoch milliseconds. */
export interface Seen {
  changed: number;
  painted: number;
}

declare global {
  interface Window {
    paintProbe?: { wait(message: string): Promise<Seen> };
  }
}

/**
 * Watches the table for messages of measurements. A frame is taken as painted when the one after it begins (two animation
 * frames), which is up to 17 ms more than the truth and never less.
 */
export async function installPaintProbe(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = new Map<string, Seen>();
    const waiting = new Map<string, (when: Seen) => void>();
    const note = (message: string) => {
      if (seen.has(message)) return;
      const when = { changed: Date.now(), painted: 0 };
      seen.set(message, when);
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          when.painted = Date.now();
          waiting.get(message)?.(when);
        }),
      );
    };
    const look = () => {
      for (const cell of document.querySelectorAll('[role="row"] [data-phase]')) {
        const found = /measurement \d+/.exec(cell.textContent ?? '');
        if (found) note(found[0]);
      }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
    window.paintProbe = {
      wait: (message) =>
        new Promise((resolve) => {
          const when = seen.get(message);
          if (when && when.painted > 0) resolve(when);
          else waiting.set(message, resolve);
        }),
    };
  });
}

/** Waits until a measurement is painted; null when it is not within ten seconds. */
export function painted(page: Page, message: string): Promise<Seen | null> {
  return page.evaluate(
    (wanted) =>
      Promise.race([
        window.paintProbe?.wait(wanted) ?? null,
        new Promise<null>((resolve) => setTimeout(() => resolve(null), 10_000)),
      ]),
    message,
  );
}
