import type { JsonSchema } from '../../../shared/spark/schema/index.ts';

/**
 * The cluster's schema with our own words put in: below its description, or instead of one where it has none. The cluster decides what
 * is right; ours adds what a field becomes, and its traps. Choices are taken over only for texts that the cluster leaves free.
 */
export function withOwnWords(cluster: JsonSchema, own: JsonSchema): JsonSchema {
  const result: JsonSchema = { ...cluster };
  if (own.description !== undefined && own.description !== cluster.description) {
    result.description = cluster.description === undefined ? own.description : `${cluster.description}\n\n${own.description}`;
  }
  if (own.deprecationMessage !== undefined) result.deprecationMessage = own.deprecationMessage;
  if (cluster.type === 'string' && cluster.enum === undefined && own.enum !== undefined) result.enum = own.enum;
  if (cluster.properties !== undefined && own.properties !== undefined) {
    const words = own.properties;
    result.properties = Object.fromEntries(
      Object.entries(cluster.properties).map(([name, child]) => {
        const mine = Object.hasOwn(words, name) ? words[name] : undefined;
        return [name, mine === undefined ? child : withOwnWords(child, mine)];
      }),
    );
  }
  if (cluster.items !== undefined && own.items !== undefined) result.items = withOwnWords(cluster.items, own.items);
  return result;
}
