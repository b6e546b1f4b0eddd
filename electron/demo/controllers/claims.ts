import { persistentVolumeClaims, pods } from '../api/kinds.ts';
import { release } from '../api/removal.ts';
import { at, type JsonObject, listOf, metadataOf, nameOf, namespaceOf, objectOf, textOf, uidOf } from '../json.ts';
import type { World } from '../world.ts';

/** The one storage class there is, which is also the default. */
const STANDARD = 'standard';
/** Keeps a claim that is deleted while a pod uses it. */
const PROTECTION = 'kubernetes.io/pvc-protection';
const CONTROLLER = 'persistentvolume-controller';

/** Binds claims of the class `standard`, or of none, to volumes that are made for them; all others wait for ever. */
export function startClaims(world: World): () => void {
  const { store, events, time } = world;
  const settle = async (claim: JsonObject): Promise<void> => {
    await time.pace(0.1);
    const live = store.get(persistentVolumeClaims, namespaceOf(claim), nameOf(claim));
    if (live === null || uidOf(live) !== uidOf(claim) || at(live, 'status', 'phase') === 'Bound') return;
    const storageClass = at(live, 'spec', 'storageClassName');
    if (storageClass === '') {
      const message = 'no persistent volumes available for this claim and no storage class is set';
      events.record(live, CONTROLLER, 'Normal', 'FailedBinding', message);
    } else if (storageClass !== undefined && storageClass !== STANDARD) {
      const message = `storageclass.storage.k8s.io "${textOf(storageClass)}" not found`;
      events.record(live, CONTROLLER, 'Warning', 'ProvisioningFailed', message);
    } else {
      store.put(persistentVolumeClaims, bound(live));
      const volume = `pvc-${uidOf(live)}`;
      events.record(
        live,
        'demo.emberdeck/provisioner',
        'Normal',
        'ProvisioningSucceeded',
        `Successfully provisioned volume ${volume}`,
      );
    }
  };
  /** A claim that was deleted stays as long as a pod uses it. */
  const letGo = (claim: JsonObject): void => {
    const live = store.get(persistentVolumeClaims, namespaceOf(claim), nameOf(claim));
    if (live === null || metadataOf(live).deletionTimestamp === undefined || isUsed(world, live)) return;
    const { finalizers, ...metadata } = metadataOf(live);
    const left = listOf(finalizers).filter((finalizer) => finalizer !== PROTECTION);
    release(store, persistentVolumeClaims, {
      ...live,
      metadata: { ...metadata, ...(left.length === 0 ? {} : { finalizers: left }) },
    });
  };
  return store.subscribe(({ kind, type, object }) => {
    if (time.ended()) return;
    if (kind === persistentVolumeClaims && type === 'ADDED') void settle(object);
    if (kind === persistentVolumeClaims && type === 'MODIFIED') setImmediate(letGo, object);
    if (kind === pods && type === 'DELETED')
      for (const name of claimsOf(object)) setImmediate(letGo, { metadata: { namespace: namespaceOf(object), name } });
  });
}

const claimsOf = (pod: JsonObject): string[] =>
  listOf(at(pod, 'spec', 'volumes')).flatMap((volume) => {
    const name = textOf(at(volume, 'persistentVolumeClaim', 'claimName'));
    return name === '' ? [] : [name];
  });

const isUsed = ({ store }: World, claim: JsonObject): boolean =>
  store
    .list(pods, namespaceOf(claim))
    .some((pod) => claimsOf(pod).includes(nameOf(claim)) && !/^(Succeeded|Failed)$/.test(textOf(at(pod, 'status', 'phase'))));

function bound(claim: JsonObject): JsonObject {
  const spec = objectOf(claim.spec);
  const capacity = objectOf(at(spec, 'resources', 'requests'));
  return {
    ...claim,
    spec: { volumeMode: 'Filesystem', ...spec, storageClassName: STANDARD, volumeName: `pvc-${uidOf(claim)}` },
    status: { accessModes: spec.accessModes ?? [], capacity, phase: 'Bound' },
  };
}
