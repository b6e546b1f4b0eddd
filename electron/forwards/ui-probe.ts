import { field, textAt } from '../../shared/json.ts';

/** How long the UI may take. A driver that collects garbage answers later than that and is still there. */
const PATIENCE = 1_500;

/**
 * Whether the UI at `url` is there: it tells its version. `no` when the connection is refused and while its context starts, for Spark
 * then answers every path with one line of text. `unknown` when it takes its time.
 */
export async function probeUi(url: string, signal: AbortSignal): Promise<'yes' | 'no' | 'unknown'> {
  const patience = AbortSignal.timeout(PATIENCE);
  try {
    const answer = await fetch(`${url}api/v1/version`, { signal: AbortSignal.any([signal, patience]) });
    return answer.ok && textAt(await answer.json(), 'spark') !== null ? 'yes' : 'no';
  } catch {
    return patience.aborted || signal.aborted ? 'unknown' : 'no';
  }
}

/**
 * The prefix that a driver's pages put before their links for a proxy in front of it (`spark.ui.proxyBase`), without a slash at
 * its end; empty where there is none. Asked of the driver itself, because operators set it on their own.
 */
export async function readProxyBase(url: string, signal: AbortSignal): Promise<string> {
  const read = async (path: string): Promise<unknown> => {
    const answer = await fetch(`${url}api/v1/${path}`, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) });
    return answer.json();
  };
  try {
    const applications = await read('applications');
    const id = Array.isArray(applications) ? textAt(applications[0], 'id') : null;
    if (id === null) return '';
    const properties = field(await read(`applications/${encodeURIComponent(id)}/environment`), 'sparkProperties');
    return proxyBaseOf(properties);
  } catch {
    return '';
  }
}

/** Reads it from the list of names and values that `/environment` gives. */
export function proxyBaseOf(properties: unknown): string {
  if (!Array.isArray(properties)) return '';
  const found: unknown = properties.find((pair) => Array.isArray(pair) && pair[0] === 'spark.ui.proxyBase');
  const value: unknown = Array.isArray(found) ? found[1] : '';
  return typeof value === 'string' && /^\/[^?#\s]*$/.test(value) ? value.replace(/\/+$/, '') : '';
}
