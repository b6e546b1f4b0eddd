import type { Action } from './actions.ts';

/** More than scattered characters ever score, less than a query that stands as it is in the group's name and the title. */
const SCATTERED = 300;
const BOUNDARY = /[\s\-_/.:@]/;

/**
 * How well `query` fits `text`: null when its characters do not come in order, else higher is better. A run of
 * characters and the beginning of a word count more than scattered ones, a short text more than a long one.
 */
export function score(text: string, query: string): number | null {
  const held = text.toLowerCase();
  const wanted = query.toLowerCase().replaceAll(' ', '');
  const whole = held.indexOf(query.toLowerCase().trim());
  if (whole >= 0) return 1_000 - whole - held.length / 10 + (whole === 0 || BOUNDARY.test(held[whole - 1] ?? '') ? 200 : 0);
  let sum = 0;
  let from = 0;
  let run = 0;
  for (const character of wanted) {
    const at = held.indexOf(character, from);
    if (at === -1) return null;
    run = at === from && from > 0 ? run + 1 : 0;
    sum += 1 + run * 4 + (at === 0 || BOUNDARY.test(held[at - 1] ?? '') ? 6 : 0);
    from = at + 1;
  }
  return sum - held.length / 10;
}

/** Actions that fit the query, best first, at most `limit`; while it is empty in order of registration, those that concern the page first. */
export function rankActions(actions: readonly Action[], query: string, limit: number): Action[] {
  if (query.trim() === '') {
    const near = (action: Action) => action.here === true;
    return [...actions.filter(near), ...actions.filter((action) => !near(action))].slice(0, limit);
  }
  const fits = actions.flatMap((action) => {
    const title = score(action.title, query);
    // "context prod": the group's name helps to find a thing, but less than its own.
    const withGroup = title === null ? score(`${action.group} ${action.title}`, query) : null;
    const best = title ?? (withGroup === null ? null : withGroup - 500);
    return best === null ? [] : [{ action, best }];
  });
  // Beside things that hold the query as it stands, scattered characters are only noise.
  const literal = fits.filter(({ best }) => best > SCATTERED);
  return (literal.length > 0 ? literal : fits)
    .sort((one, other) => other.best - one.best)
    .slice(0, limit)
    .map(({ action }) => action);
}

/** Actions under their groups; groups in the order they first come. */
export function byGroup(actions: readonly Action[]): [group: string, actions: Action[]][] {
  const groups = new Map<string, Action[]>();
  for (const action of actions) groups.set(action.group, [...(groups.get(action.group) ?? []), action]);
  return [...groups];
}
