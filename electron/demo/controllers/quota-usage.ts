import { type Kind, persistentVolumeClaims, pods, qualified, services } from '../api/kinds.ts';
import { addQuantities, one, parseQuantity, type Quantity, zero } from '../api/quantity.ts';
import { at, type JsonObject, listOf, objectOf, textOf } from '../json.ts';
import { resourcesOf } from '../node/resources.ts';
import type { World } from '../world.ts';

/** Amounts by the names a ResourceQuota uses: `pods`, `requests.cpu`, `count/jobs.batch`, …. */
export type Usage = Record<string, Quantity>;

/** Kinds that a quota counts by their plain plural too, not only as `count/…`. */
const counted = new Set([
  'configmaps',
  'persistentvolumeclaims',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
]);

/** What one object uses up of every quota of its namespace. */
export function chargeOf(kind: Kind, object: JsonObject): Usage {
  const name = qualified(kind);
  const charge: Usage = { [`count/${name}`]: one };
  if (counted.has(name)) charge[name] = one;
  if (kind === pods) return { ...charge, ...chargeOfPod(object) };
  if (kind === persistentVolumeClaims) return { ...charge, ...chargeOfClaim(object) };
  if (kind === services) return { ...charge, ...chargeOfService(object) };
  return charge;
}

/** A pod that has ended counts as an object only. */
function chargeOfPod(pod: JsonObject): Usage {
  if (/^(Succeeded|Failed)$/.test(textOf(at(pod, 'status', 'phase')))) return {};
  const charge: Usage = { pods: one };
  for (const [name, amount] of Object.entries(resourcesOf(pod, 'requests'))) {
    charge[`requests.${name}`] = amount;
    charge[name] = amount;
  }
  for (const [name, amount] of Object.entries(resourcesOf(pod, 'limits'))) charge[`limits.${name}`] = amount;
  return charge;
}

function chargeOfClaim(claim: JsonObject): Usage {
  const storage = parseQuantity(at(claim, 'spec', 'resources', 'requests', 'storage')) ?? zero;
  const storageClass = textOf(at(claim, 'spec', 'storageClassName'));
  if (storageClass === '') return { 'requests.storage': storage };
  const prefix = `${storageClass}.storageclass.storage.k8s.io`;
  return { 'requests.storage': storage, [`${prefix}/requests.storage`]: storage, [`${prefix}/persistentvolumeclaims`]: one };
}

function chargeOfService(service: JsonObject): Usage {
  const type = textOf(objectOf(service.spec).type);
  const ports = { thousandths: BigInt(listOf(at(service, 'spec', 'ports')).length) * 1000n, format: 'decimal' } as const;
  return {
    'services.loadbalancers': type === 'LoadBalancer' ? one : zero,
    'services.nodeports': type === 'NodePort' || type === 'LoadBalancer' ? ports : zero,
  };
}

/** What all objects of a namespace use together, by the names of a quota; a resource nobody uses is absent, and so zero. */
export function usageOf(world: World, namespace: string): Usage {
  const usage: Usage = {};
  for (const kind of world.kinds) {
    if (!kind.namespaced) continue;
    for (const object of world.store.list(kind, namespace)) {
      for (const [name, amount] of Object.entries(chargeOf(kind, object)))
        usage[name] = addQuantities(usage[name] ?? zero, amount);
    }
  }
  return usage;
}
