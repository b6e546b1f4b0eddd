import type { KindSchema } from '../../../shared/contract/submissions.ts';
import { FailureError, failureOf } from '../../../shared/failure.ts';
import { field, textAt } from '../../../shared/json.ts';
import { builtInKinds, type JsonSchema } from '../../../shared/spark/schema/index.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import type { Log } from '../../platform/world.ts';
import { toJsonSchema } from './convert.ts';
import { withOwnWords } from './words.ts';

/** The Spark kinds by group and version, the commonest first: a document without a kind is helped along as the first. */
const wanted: readonly { group: string; version: string; kinds: readonly string[] }[] = [
  { group: 'sparkoperator.k8s.io', version: 'v1beta2', kinds: ['SparkApplication', 'ScheduledSparkApplication'] },
  { group: 'sparkoperator.k8s.io', version: 'v1alpha1', kinds: ['SparkConnect'] },
  { group: 'spark.apache.org', version: 'v1', kinds: ['SparkApplication', 'SparkCluster'] },
  { group: 'spark.apache.org', version: 'v1beta1', kinds: ['SparkApplication', 'SparkCluster'] },
  { group: 'radanalytics.io', version: 'v1', kinds: ['SparkApplication', 'SparkCluster', 'SparkHistoryServer'] },
];

const builtIn: readonly KindSchema[] = builtInKinds.map((kind) => ({ ...kind, schema: { ...kind.schema }, source: 'built-in' }));

/**
 * Schemas of the Spark kinds for the editor, from the cluster of a context, with the built-in ones for what is not installed there.
 * Never fails: without an answer all are built in. A group's document is fetched once for each hash that the server gives it.
 */
export function createSchemas(world: { clusterOf(context: string): Cluster | Promise<Cluster>; log: Log }) {
  const fetched = new Map<string, { address: string; kinds: Promise<KindSchema[]> }>();

  async function fromCluster(context: string): Promise<KindSchema[]> {
    const cluster = await world.clusterOf(context);
    const body = asJson((await cluster.request({ method: 'GET', path: '/openapi/v3' })).body);
    const groups = await Promise.all(
      wanted.map(async (group) => {
        const name = `apis/${group.group}/${group.version}`;
        const address = textAt(body, 'paths', name, 'serverRelativeURL');
        if (address === null) return [];
        const key = JSON.stringify([context, cluster.server, name]);
        const known = fetched.get(key);
        if (known?.address === address) return known.kinds;
        const kinds = readGroup(cluster, address, group);
        fetched.set(key, { address, kinds });
        // What failed is asked for again the next time.
        kinds.catch(() => fetched.delete(key));
        return kinds;
      }),
    );
    return groups.flat();
  }

  return async (context: string | null): Promise<{ kinds: KindSchema[] }> => {
    let found: KindSchema[] = [];
    if (context !== null) {
      try {
        found = await fromCluster(context);
      } catch (error) {
        world.log.warn('schemas are the built-in ones: the cluster did not give its own', {
          context,
          code: failureOf(error).code,
        });
      }
    }
    const missing = builtIn.filter((own) => !found.some((kind) => sameKind(kind, own)));
    return { kinds: [...found, ...missing].sort((one, other) => rankOf(one) - rankOf(other)) };
  };
}

async function readGroup(cluster: Cluster, address: string, group: (typeof wanted)[number]): Promise<KindSchema[]> {
  // The server's own relative address, with its hash as the query.
  const url = new URL(address, 'http://server');
  const answer = await cluster.request({
    method: 'GET',
    path: url.pathname,
    accept: 'application/json',
    query: Object.fromEntries(url.searchParams),
    timeoutMilliseconds: 20_000,
  });
  const body = asJson(answer.body);
  const schemas = Object.values(asRecord(field(body, 'components', 'schemas')));
  return group.kinds.flatMap((kind) => {
    const head = { group: group.group, version: group.version, kind };
    const schema = schemas.find((candidate) => sameKind(head, headOf(candidate)));
    return schema === undefined ? [] : [{ ...head, source: 'cluster' as const, schema: kindSchema(body, schema, head) }];
  });
}

/** A kind's schema for people who write one: what only the server writes is left out of `metadata` and `status`. */
function kindSchema(
  document: unknown,
  schema: unknown,
  head: { group: string; version: string; kind: string },
): Record<string, unknown> {
  const cluster = toJsonSchema(document, schema);
  const own = builtInKinds.find((kind) => sameKind(kind, head))?.schema;
  const metadata = cluster.properties?.metadata ?? {};
  const written = ['name', 'namespace', 'labels', 'annotations', 'finalizers', 'ownerReferences'];
  const properties = {
    ...cluster.properties,
    metadata: own?.properties?.metadata ?? {
      ...metadata,
      properties: Object.fromEntries(Object.entries(metadata.properties ?? {}).filter(([name]) => written.includes(name))),
      required: ['name'],
    },
    status: { type: 'object', description: 'Written by the operator; what stands here is not taken.' } satisfies JsonSchema,
  };
  const required = [...new Set([...(cluster.required ?? []), 'apiVersion', 'kind', 'metadata'])];
  const result: JsonSchema = { ...cluster, properties, required };
  return own === undefined ? result : withOwnWords(result, own);
}

/** What an OpenAPI schema is the schema of; the first of its `x-kubernetes-group-version-kind`. */
function headOf(schema: unknown): { group: string; version: string; kind: string } {
  const part = (name: string) => textAt(schema, 'x-kubernetes-group-version-kind', 0, name) ?? '';
  return { group: part('group'), version: part('version'), kind: part('kind') };
}

function sameKind(
  one: { group: string; version: string; kind: string },
  other: { group: string; version: string; kind: string },
): boolean {
  return one.group === other.group && one.version === other.version && one.kind === other.kind;
}

function rankOf(kind: KindSchema): number {
  const group = wanted.findIndex((each) => each.group === kind.group && each.version === kind.version);
  return group * 10 + (wanted[group]?.kinds.indexOf(kind.kind) ?? 0);
}

/** The list of groups is JSON that the server calls text/plain. */
function asJson(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    throw new FailureError({ code: 'server-error', status: 200, message: 'the OpenAPI document is no JSON' });
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
