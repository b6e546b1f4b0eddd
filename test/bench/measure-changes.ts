import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { messageOf } from './applications.ts';
import { milliseconds, percentile } from './figures.ts';
import type { OtherWatch } from './other-watch.ts';
import { installPaintProbe, painted } from './paint-probe.ts';

/** Milliseconds from making a change until each saw it. */
export interface Changes {
  changed: number[];
  painted: number[];
  other: number[];
  lost: number;
}

/** Makes `count` changes one after the other, at no fixed place of a frame, and notes how long each takes to be seen. */
export async function measureChanges(
  page: Page,
  other: OtherWatch,
  count: number,
  make: (measurement: number, message: string) => Promise<void> | void,
): Promise<Changes> {
  await installPaintProbe(page);
  const result: Changes = { changed: [], painted: [], other: [], lost: 0 };
  const warmUp = 10;
  for (let measurement = 1; measurement <= count + warmUp; measurement += 1) {
    const message = messageOf(measurement);
    await sleep(30 + Math.random() * 40);
    const began = Date.now();
    await make(measurement, message);
    const [here, there] = await Promise.all([painted(page, message), other.saw(message)]);
    if (measurement <= warmUp) continue;
    if (here === null || there === null) {
      result.lost += 1;
      continue;
    }
    result.changed.push(here.changed - began);
    result.painted.push(here.painted - began);
    result.other.push(there - began);
  }
  return result;
}

export const changesHeader = ['', 'in the page', 'painted p50', 'p95', 'max', 'other p50', 'p95', 'painted/other', 'lost'];

/** A line of the table of {@link changesHeader}. */
export function changesRow(name: string, { changed, painted: all, other, lost }: Changes): string[] {
  const [own, theirs] = [percentile(all, 0.5), percentile(other, 0.5)];
  return [
    name,
    milliseconds(percentile(changed, 0.5)),
    milliseconds(own),
    milliseconds(percentile(all, 0.95)),
    milliseconds(Math.max(...all)),
    milliseconds(theirs),
    milliseconds(percentile(other, 0.95)),
    `${(own / Math.max(1, theirs)).toFixed(1)}×`,
    String(lost),
  ];
}
