import { applyPatch, type Operation } from 'rfc6902';
import { copy, isObject, type Json, type JsonObject, objectOf, own, textOf } from '../../json.ts';
import { ApiError, tooLarge } from '../status.ts';

/** What the real server takes of a patch: operations, and characters that its copies may add. */
const MOST_OPERATIONS = 10_000;
const MOST_COPIED = 3 * 1024 * 1024;

const refused = () => new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});

/**
 * RFC 6902, with the liberty of the real server that `replace` of an absent key of a map adds it. Throws 422 without a word on
 * which operation failed, as the real server does.
 */
export function jsonPatch(target: JsonObject, operations: Json[]): JsonObject {
  if (operations.length > MOST_OPERATIONS) {
    throw tooLarge(`The allowed maximum operations in a JSON patch is ${MOST_OPERATIONS}, got ${operations.length}`);
  }
  const result = copy(target);
  let copied = 0;
  for (const entry of operations) {
    const operation = operationOf(objectOf(entry), result);
    if (operation.op === 'copy') copied += JSON.stringify(valueAt(result, tokensOf(operation.from)) ?? null).length;
    if (copied > MOST_COPIED) throw refused();
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
      return { op: isObject(valueAt(target, tokensOf(path).slice(0, -1))) ? 'add' : 'replace', path, value };
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

const tokensOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

function valueAt(target: JsonObject, tokens: string[]): Json | undefined {
  let here: Json | undefined = target;
  for (const token of tokens) here = Array.isArray(here) ? here[Number(token)] : own(here, token);
  return here;
}
