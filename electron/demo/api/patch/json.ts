import { applyPatch, type Operation } from 'rfc6902';
import { copy, isObject, type Json, type JsonObject, objectOf, textOf } from '../../json.ts';
import { ApiError } from '../status.ts';

const refused = () => new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});

/**
 * RFC 6902, with the liberty of the real server that `replace` of an absent key of a map adds it. Throws 422 without a word on
 * which operation failed, as the real server does.
 */
export function jsonPatch(target: JsonObject, operations: Json[]): JsonObject {
  const result = copy(target);
  for (const entry of operations) {
    const operation = operationOf(objectOf(entry), result);
    if (applyPatch(result, [operation]).some((error) => error !== null)) throw refused();
  }
  return result;
}

function operationOf(entry: JsonObject, target: JsonObject): Operation {
  const path = textOf(entry.path);
  const from = textOf(entry.from);
  const value = entry.value ?? null;
  switch (entry.op) {
    case 'test':
    case 'add':
      return { op: entry.op, path, value };
    case 'replace':
      return { op: isObject(parentOf(target, path)) ? 'add' : 'replace', path, value };
    case 'remove':
      return { op: 'remove', path };
    case 'move':
      return { op: 'move', from, path };
    case 'copy':
      return { op: 'copy', from, path };
    default:
      throw refused();
  }
}

function parentOf(target: JsonObject, pointer: string): Json | undefined {
  const tokens = pointer.split('/').slice(1, -1);
  let here: Json | undefined = target;
  for (const token of tokens) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(here)) here = here[Number(key)];
    else here = isObject(here) ? here[key] : undefined;
  }
  return here;
}
