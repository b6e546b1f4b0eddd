import { type Json, type JsonObject, metadataOf } from '../json.ts';
import { columnsOf } from './columns.ts';
import { type Kind, pods } from './kinds.ts';
import { rowConditions } from './pod-columns.ts';
import type { Page } from './reads.ts';

/** In which form objects are asked for: as they are, as the rows of a table, or their metadata alone. */
export type Shape = { as: 'object' } | { as: 'table'; include: 'Metadata' | 'Object' | 'None' } | { as: 'metadata' };

/** Chooses by the header `Accept`, whose first form that is served wins. What is not served, such as protobuf, gets JSON. */
export function shapeOf(accept: string, query: URLSearchParams): Shape {
  for (const range of accept.split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    if (type !== 'application/json') continue;
    const [form] = parameters.filter((parameter) => parameter.startsWith('as='));
    if (form === 'as=Table') {
      const include = query.get('includeObject');
      return { as: 'table', include: include === 'Object' || include === 'None' ? include : 'Metadata' };
    }
    if (form?.startsWith('as=PartialObjectMetadata')) return { as: 'metadata' };
    if (form === undefined) break;
  }
  return { as: 'object' };
}

const META = 'meta.k8s.io/v1';

const partial = (object: JsonObject): JsonObject => ({
  kind: 'PartialObjectMetadata',
  apiVersion: META,
  metadata: object.metadata ?? {},
});

/** A list in the form asked for; null when it is asked for as it is. */
export function shapedList(page: Page, shape: Shape, now: number): JsonObject | null {
  if (shape.as === 'object') return null;
  if (shape.as === 'table') return table(page, shape.include, now, true);
  return { kind: 'PartialObjectMetadataList', apiVersion: META, metadata: page.metadata, items: page.objects.map(partial) };
}

/** What stands for single objects, in an answer or in a stream; null: they themselves. Only the first table names its columns. */
export function shaper(kind: Kind, shape: Shape, now: () => number): ((object: JsonObject) => JsonObject) | null {
  if (shape.as === 'object') return null;
  if (shape.as === 'metadata') return partial;
  let first = true;
  return (object) => {
    const { resourceVersion = '' } = metadataOf(object);
    const page = { kind, metadata: { resourceVersion }, objects: [object] };
    const shown = table(page, shape.include, now(), first);
    first = false;
    return shown;
  };
}

function table(
  { kind, metadata, objects }: Page,
  include: 'Metadata' | 'Object' | 'None',
  now: number,
  head: boolean,
): JsonObject {
  const columns = columnsOf(kind);
  const columnDefinitions: Json = columns.map(({ name, type, format, priority }) => ({
    name,
    type,
    format,
    description: name,
    priority,
  }));
  const rows = objects.map((object): JsonObject => {
    const conditions = kind === pods ? rowConditions(object) : null;
    return {
      cells: columns.map((column) => column.cell(object, now)),
      ...(conditions === null ? {} : { conditions }),
      object: include === 'Object' ? object : include === 'None' ? null : partial(object),
    };
  });
  return { kind: 'Table', apiVersion: META, metadata, columnDefinitions: head ? columnDefinitions : null, rows };
}
