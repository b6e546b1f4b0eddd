import type { Context, Kubeconfigs } from '../../../shared/contract/kubeconfigs.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import type { Scope } from '../shell/index.ts';

/** kubectl's own fallback when a context names no namespace. */
const DEFAULT_NAMESPACE = 'default';

type Remembered = Pick<Settings, 'context' | 'namespaces'>;

/** The namespace to begin with in a context: the one last chosen there, else the one written in the context. */
export function namespaceFor(context: Context, remembered: Remembered): string | null {
  const last = remembered.namespaces[context.name];
  return last === undefined ? (context.namespace ?? DEFAULT_NAMESPACE) : last;
}

/** The scope of the last time, if its context still exists; null leaves the choice to the person. */
export function scopeOfLastTime(kubeconfigs: Kubeconfigs, remembered: Remembered): Scope | null {
  const context = kubeconfigs.contexts.find((each) => each.name === remembered.context && each.failure === null);
  return context ? { context: context.name, namespace: namespaceFor(context, remembered) } : null;
}

/** True when every word of `filter` is somewhere in `text`, in either case. */
export function holdsWords(text: string, filter: string): boolean {
  const held = text.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => held.includes(word));
}

/** Hues of oklch that are told apart at a glance; from red to orange is left to failures and to the accent. */
const HUES = [250, 150, 310, 195, 95, 280, 170, 335, 120, 222];

/**
 * A hue in degrees for each context, the same on every start: the one its name leads to, or the next that no other context has
 * taken. Beyond ten contexts hues are shared.
 */
export function contextHues(names: readonly string[]): ReadonlyMap<string, number> {
  const hues = new Map<string, number>();
  const taken = new Set<number>();
  for (const name of names.toSorted()) {
    if (taken.size === HUES.length) taken.clear();
    let place = hashOf(name) % HUES.length;
    while (taken.has(place)) place = (place + 1) % HUES.length;
    taken.add(place);
    hues.set(name, HUES[place] ?? 0);
  }
  return hues;
}

function hashOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum;
}
