import { stringify } from 'yaml';
import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import { FailureError } from '../../../shared/failure.ts';
import { listAt, textAt } from '../../../shared/json.ts';
import { operators } from '../../../shared/spark/operators/index.ts';
import { rerunManifest, rerunName } from '../../../shared/spark/rerun.ts';
import type { Cluster } from '../../clusters/index.ts';

/** Path of an application's object, or of the collection it is in. */
function pathOf({ operator, namespace, name }: ApplicationRef, part: 'object' | 'collection'): string {
  const { group, version, plural } = operators[operator].resource;
  const collection = `${group === '' ? '/api' : `/apis/${group}`}/${version}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
  return part === 'collection' ? collection : `${collection}/${encodeURIComponent(name)}`;
}

/** Deletes the application in the background, as kubectl does: what it owns follows. `driver` names the pod of a plain spark-submit. */
export async function removeApplication(cluster: Cluster, reference: ApplicationRef, driver: string | null): Promise<void> {
  const named = driver === null ? reference : { ...reference, name: driver };
  await cluster.request({
    method: 'DELETE',
    path: pathOf(named, 'object'),
    body: { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' },
  });
}

/**
 * A manifest of the same application under a free name. Fails with `not-found` when it is gone, and with `invalid` for a plain
 * spark-submit, which leaves no manifest behind.
 */
export async function rerunApplication(cluster: Cluster, reference: ApplicationRef): Promise<{ name: string; manifest: string }> {
  if (reference.operator === 'spark-submit') {
    const message = `${reference.name} was started by spark-submit itself: there is no manifest to run again`;
    throw new FailureError({ code: 'invalid', message, causes: [] });
  }
  const [object, taken] = await Promise.all([
    cluster.request({ method: 'GET', path: pathOf(reference, 'object') }),
    namesIn(cluster, reference),
  ]);
  const name = rerunName(reference.name, taken);
  return { name, manifest: manifestOf(rerunManifest(object.body, name)) };
}

/** Only names are asked for: the specs of a namespace's applications can be megabytes. */
async function namesIn(cluster: Cluster, reference: ApplicationRef): Promise<Set<string>> {
  const answer = await cluster.request({
    method: 'GET',
    path: pathOf(reference, 'collection'),
    accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json',
  });
  return new Set(listAt(answer.body, 'items').map((item) => textAt(item, 'metadata', 'name') ?? ''));
}

/** An object as a person would write it: no folded lines, no anchors. */
export function manifestOf(object: unknown): string {
  return stringify(object, { lineWidth: 0, aliasDuplicateObjects: false });
}
