import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { rangeBetween, type TextRange } from './range.ts';
import type { SourceDocument } from './read.ts';

/** Where a field stands, and whether it is there or only its parent. */
export interface Location {
  readonly range: TextRange;
  /** False when `range` is of the deepest part of the path that exists. */
  readonly exact: boolean;
}

/**
 * Where `path` stands in the document. Takes the ways in which API servers write paths: `spec.volumes[0].name`, `.spec.foo`
 * (server-side apply), `spec.containers[name="driver"].image` (keyed lists), `spec.sparkConf.spark.ui.port` (keys with dots) and
 * `spec.sparkConf[spark.ui.port]`. What does not exist is placed at its deepest ancestor that does, and nothing at the `kind:` line.
 */
export function locate(document: SourceDocument, path: string): Location {
  let rest = path.replace(/^\./, '');
  let node: Node | null = document.source.contents;
  let place: TextRange | null = null;
  while (rest !== '') {
    const step: Step | null = take(document.source, node, rest);
    if (step === null) break;
    place = rangeOf(document, step.start, step.node);
    node = step.node;
    rest = step.rest;
  }
  return { range: place ?? headOf(document), exact: rest === '' && place !== null };
}

/** The `kind:` line of the document, else its `apiVersion:`, else its first line: where problems of the whole object stand. */
export function headOf(document: SourceDocument): TextRange {
  const map = document.source.contents;
  if (isMap(map)) {
    for (const name of ['kind', 'apiVersion']) {
      const pair = map.items.find((item) => keyOf(item) === name);
      if (pair !== undefined && isNode(pair.key)) return rangeOf(document, pair.key, isNode(pair.value) ? pair.value : null);
    }
    const first = map.items[0];
    if (first !== undefined && isNode(first.key)) return rangeOf(document, first.key, null);
  }
  return document.range;
}

interface Step {
  /** What the place starts with: the key, or the item itself. */
  start: Node;
  node: Node | null;
  rest: string;
}

function take(source: Document, at: Node | null, rest: string): Step | null {
  const node = isAlias(at) ? (at.resolve(source) ?? null) : at;
  if (isMap(node)) return takeKey(node, rest);
  if (isSeq(node)) return takeItem(node, rest);
  return null;
}

/** The longest key that the rest begins with, as keys themselves may hold dots. */
function takeKey(map: YAMLMap, rest: string): Step | null {
  const bracketed = /^\[(?:"([^"]*)"|([^\]]*))\]\.?/.exec(rest);
  let best: { pair: Pair; key: string } | null = null;
  for (const pair of map.items) {
    const key = keyOf(pair);
    if (key === null || (best !== null && key.length <= best.key.length)) continue;
    if (bracketed !== null) {
      if (key === (bracketed[1] ?? bracketed[2])) best = { pair, key };
      continue;
    }
    if (!rest.startsWith(key)) continue;
    const next = rest.charAt(key.length);
    if (next === '' || next === '.' || next === '[') best = { pair, key };
  }
  if (best === null || !isNode(best.pair.key)) return null;
  const length = bracketed === null ? best.key.length : bracketed[0].length;
  const value = isNode(best.pair.value) ? best.pair.value : null;
  return { start: best.pair.key, node: value, rest: rest.slice(length).replace(/^\./, '') };
}

function takeItem(list: YAMLSeq, rest: string): Step | null {
  const match = /^\[([^\]]*)\]\.?/.exec(rest);
  if (match === null) return null;
  const selector = match[1] ?? '';
  const item = /^\d+$/.test(selector) ? list.items[Number(selector)] : list.items.find((one) => hasKeys(one, selector));
  return isNode(item) ? { start: item, node: item, rest: rest.slice(match[0].length) } : null;
}

/** Whether a list's item is the one of `name="driver"` or `port=4040,protocol="TCP"`. */
function hasKeys(item: unknown, selector: string): boolean {
  if (!isMap(item)) return false;
  return selector.split(',').every((part) => {
    const [name = '', text = ''] = part.split('=', 2);
    return String(item.get(name)) === text.replace(/^"|"$/g, '');
  });
}

function keyOf(pair: unknown): string | null {
  if (!isPair(pair)) return null;
  return isScalar(pair.key) ? String(pair.key.value) : null;
}

/** From the key to the end of a value on the same line; for a block of lines only its start. */
function rangeOf(document: SourceDocument, start: Node, value: Node | null): TextRange {
  const [from = 0, keyEnd = 0] = start.range ?? [];
  const valueEnd = value?.range?.[1] ?? keyEnd;
  const whole = rangeBetween(document.lines, from, valueEnd);
  if (whole.line === whole.endLine) return whole;
  const key = rangeBetween(document.lines, from, keyEnd);
  if (key.line === key.endLine) return key;
  // An item of a list that is a map: its first key and value.
  const first = isMap(start) ? start.items[0] : undefined;
  if (first !== undefined && isNode(first.key)) return rangeOf(document, first.key, isNode(first.value) ? first.value : null);
  return { ...key, endLine: key.line, endColumn: key.column + 1 };
}
