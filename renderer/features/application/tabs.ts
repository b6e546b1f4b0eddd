/** The tabs of the page, in order, each with the key that shows it; the ids stand in addresses. */
export const TABS = [
  { id: 'overview', words: 'Overview', keys: 'o' },
  { id: 'logs', words: 'Logs', keys: 'l' },
  { id: 'spark', words: 'Spark UI', keys: 'u' },
  { id: 'yaml', words: 'YAML', keys: 'y' },
  { id: 'events', words: 'Events', keys: 'v' },
] as const;

export type Tab = (typeof TABS)[number]['id'];

/** The tab an address names; the overview when it names none that exists. */
export function tabOf(text: string): Tab {
  return TABS.find(({ id }) => id === text)?.id ?? 'overview';
}

/** The tab `by` places to the right (negative: left), around the end. */
export function besides(tab: Tab, by: 1 | -1): Tab {
  const place = TABS.findIndex(({ id }) => id === tab);
  return TABS[(place + by + TABS.length) % TABS.length]?.id ?? tab;
}
