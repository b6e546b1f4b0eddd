import { addQuantities, larger, parseQuantity, printQuantity, type Quantity, zero } from '../api/quantity.ts';
import { at, isObject, type JsonObject, listOf, objectOf } from '../json.ts';

/** Amounts by resource: `cpu`, `memory`, …. */
export type Resources = Record<string, Quantity>;

const containersOf = (pod: JsonObject, field: string): JsonObject[] => listOf(at(pod, 'spec', field)).filter(isObject);

function read(container: JsonObject, what: 'requests' | 'limits'): Resources {
  const found: Resources = {};
  for (const [name, value] of Object.entries(objectOf(at(container, 'resources', what))))
    found[name] = parseQuantity(value) ?? zero;
  if (what === 'limits') return found;
  // A limit without a request is a request too: the API server writes it so.
  return { ...read(container, 'limits'), ...found };
}

function merge(left: Resources, right: Resources, join: (left: Quantity, right: Quantity) => Quantity): Resources {
  const all = { ...left };
  for (const [name, amount] of Object.entries(right)) all[name] = join(all[name] ?? zero, amount);
  return all;
}

/** What a pod asks for as a whole: all its containers together, or its largest init container where that is more. */
export function resourcesOf(pod: JsonObject, what: 'requests' | 'limits'): Resources {
  let together: Resources = {};
  let first: Resources = {};
  for (const container of containersOf(pod, 'containers')) together = merge(together, read(container, what), addQuantities);
  for (const container of containersOf(pod, 'initContainers')) first = merge(first, read(container, what), larger);
  const effective = merge(together, first, larger);
  return merge(effective, overheadOf(pod), addQuantities);
}

function overheadOf(pod: JsonObject): Resources {
  const entries = Object.entries(objectOf(at(pod, 'spec', 'overhead')));
  return Object.fromEntries(entries.map(([name, value]) => [name, parseQuantity(value) ?? zero]));
}

const isPodResource = (name: string): boolean => name === 'cpu' || name === 'memory';

/** `status.qosClass`: Guaranteed where every container limits what it requests, BestEffort where none asks for anything. */
export function qosClassOf(pod: JsonObject): string {
  const containers = [...containersOf(pod, 'containers'), ...containersOf(pod, 'initContainers')];
  const asked = containers.map((container) => ({ requests: read(container, 'requests'), limits: read(container, 'limits') }));
  const none = asked.every(({ requests }) => Object.keys(requests).filter(isPodResource).length === 0);
  if (none) return 'BestEffort';
  const guaranteed = asked.every(({ requests, limits }) =>
    ['cpu', 'memory'].every((name) => {
      const request = requests[name];
      const limit = limits[name];
      return request !== undefined && limit !== undefined && printQuantity(request) === printQuantity(limit);
    }),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
