import { holdsWords } from './choose.ts';

/** One line of the namespace picker; null stands for all namespaces. */
export interface NamespaceChoice {
  namespace: string | null;
  title: string;
}

/** A DNS label, as Kubernetes wants a namespace's name. */
const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** How a namespace is called on screen. */
export function namespaceTitle(namespace: string | null): string {
  return namespace ?? 'All namespaces';
}

/**
 * What the picker offers for a filter. When the list is not known to be whole (`listed` false: it is loading, or listing is
 * forbidden), a typed name can be used as it is.
 */
export function namespaceChoices(names: readonly string[], filter: string, listed: boolean): NamespaceChoice[] {
  const typed = filter.trim();
  const known = [null, ...names.toSorted()].map((namespace) => ({ namespace, title: namespaceTitle(namespace) }));
  const found = known.filter(({ title }) => holdsWords(title, typed));
  const own = !listed && NAME.test(typed) && !names.includes(typed) ? [{ namespace: typed, title: `Use “${typed}”` }] : [];
  return [...found, ...own];
}
