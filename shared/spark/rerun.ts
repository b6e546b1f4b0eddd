import { recordAt } from '../json.ts';

/** Longest name of a SparkApplication: a DNS-1035 label (webhook validation, and spark-submit puts it into a label). */
const longestName = 63;

/**
 * A name for another run of `name` that is not `taken`: `pi` gives `pi-2`, `pi-2` gives `pi-3`. The result is a DNS-1035 label
 * of at most 63 letters, whatever `name` is: what does not fit is cut off before the number.
 */
export function rerunName(name: string, taken: ReadonlySet<string>): string {
  // A longer number is part of the name (a year, the time stamp of a schedule's run) and not a count of runs.
  const counted = /^(.*[^-])-([1-9]\d{0,2})$/.exec(name);
  const base = label(counted?.[1] ?? name);
  for (let number = counted?.[2] === undefined ? 2 : Number(counted[2]) + 1; ; number += 1) {
    const suffix = `-${number}`;
    const candidate = `${base.slice(0, longestName - suffix.length).replace(/-+$/, '')}${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function label(name: string): string {
  const letters = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .replace(/-+$/, '');
  return letters === '' ? 'app' : letters;
}

/** Parts of `metadata` that say what the object should be; the server or a controller wrote the rest. */
const metadataToKeep = ['name', 'namespace', 'labels', 'annotations'];
const labelsToDrop = ['sparkoperator.k8s.io/scheduled-app-name', 'app.kubernetes.io/instance', 'argocd.argoproj.io/instance'];
const annotationsToDrop = ['kubectl.kubernetes.io/last-applied-configuration', 'argocd.argoproj.io/tracking-id'];

/**
 * A manifest that runs the same again as `name`: without the status and without all of the metadata that the server wrote, and
 * without the marks by which a schedule or a GitOps tool would take the new object for its own. Key order stays as it was.
 * `object` is not changed.
 */
export function rerunManifest(object: unknown, name: string): unknown {
  const entries = Object.entries(recordAt(object)).filter(([key]) => key !== 'status');
  const manifest = Object.fromEntries(
    entries.map(([key, value]) => [key, key === 'metadata' ? freshMetadata(value, name) : value]),
  );
  return Object.hasOwn(manifest, 'metadata') ? manifest : { ...manifest, metadata: { name } };
}

function freshMetadata(metadata: unknown, name: string): unknown {
  const kept = Object.entries(recordAt(metadata)).filter(([key]) => metadataToKeep.includes(key) && key !== 'name');
  const hadName = Object.keys(recordAt(metadata))
    .filter((key) => metadataToKeep.includes(key))
    .indexOf('name');
  kept.splice(Math.max(0, hadName), 0, ['name', name]);
  const cleaned = kept.map(([key, value]): [string, unknown] => {
    if (key === 'labels') return [key, without(value, labelsToDrop)];
    return key === 'annotations' ? [key, without(value, annotationsToDrop)] : [key, value];
  });
  return Object.fromEntries(cleaned.filter(([, value]) => value !== null));
}

/** The record without some of its keys; null when nothing is left of it. */
function without(record: unknown, keys: readonly string[]): unknown {
  const entries = Object.entries(recordAt(record)).filter(([key]) => !keys.includes(key));
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
