import { chargeOf, type Usage, usageOf } from '../../controllers/quota-usage.ts';
import { at, isObject, type JsonObject, listOf, nameOf, namespaceOf, objectOf, textOf } from '../../json.ts';
import { resourcesOf } from '../../node/resources.ts';
import type { World } from '../../world.ts';
import { type Kind, pods, qualified, resourceQuotas } from '../kinds.ts';
import { addQuantities, compareQuantities, parseQuantity, printQuantity, zero } from '../quantity.ts';
import { ApiError, detailsOf } from '../status.ts';

/** Refuses with 403 what a ResourceQuota of the namespace has no room for, and a pod that does not say what a quota counts. */
export function checkQuota(world: World, kind: Kind, object: JsonObject): void {
  const quotas = world.store.list(resourceQuotas, namespaceOf(object));
  if (quotas.length === 0 || !kind.namespaced) return;
  const charge = chargeOf(kind, object);
  const refuse = (why: string): ApiError =>
    new ApiError(
      403,
      'Forbidden',
      `${qualified(kind)} "${nameOf(object)}" is forbidden: ${why}`,
      detailsOf(kind, nameOf(object)),
    );
  for (const quota of quotas) {
    const hard = objectOf(at(quota, 'spec', 'hard'));
    const unsaid = kind === pods ? unsaidBy(object, Object.keys(hard)) : '';
    if (unsaid !== '') throw refuse(`failed quota: ${nameOf(quota)}: must specify ${unsaid}`);
  }
  const used = usageOf(world, namespaceOf(object));
  for (const quota of quotas) {
    const over = overrun(objectOf(at(quota, 'spec', 'hard')), charge, used);
    if (over !== null) throw refuse(`exceeded quota: ${nameOf(quota)}, ${over}`);
  }
}

function overrun(hard: JsonObject, charge: Usage, used: Usage): string | null {
  const names = Object.keys(hard)
    .toSorted()
    .filter((name) => {
      const asked = charge[name] ?? zero;
      const limit = parseQuantity(hard[name]) ?? zero;
      return asked.thousandths > 0n && compareQuantities(addQuantities(used[name] ?? zero, asked), limit) > 0;
    });
  if (names.length === 0) return null;
  const amounts = (usage: Usage) => names.map((name) => `${name}=${printQuantity(usage[name] ?? zero)}`).join(',');
  const limited = names.map((name) => `${name}=${textOf(hard[name]) || String(hard[name])}`).join(',');
  return `requested: ${amounts(charge)}, used: ${amounts(used)}, limited: ${limited}`;
}

/** `limits.cpu for: a,b; requests.memory for: a,b`, or nothing when every container says it. */
function unsaidBy(pod: JsonObject, names: string[]): string {
  const containers = listOf(at(pod, 'spec', 'containers')).filter(isObject);
  return names
    .filter((name) => /^((requests|limits)\.)?(cpu|memory)$/.test(name))
    .toSorted()
    .flatMap((name) => {
      const [resource = '', side = 'requests'] = name.split('.').toReversed();
      const silent = containers.filter((container) => {
        const alone = { spec: { containers: [container] } };
        return resourcesOf(alone, side === 'limits' ? 'limits' : 'requests')[resource] === undefined;
      });
      return silent.length === 0 ? [] : [`${name} for: ${silent.map((container) => textOf(container.name)).join(',')}`];
    })
    .join('; ');
}
