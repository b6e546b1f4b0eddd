import { type Document, isMap, isNode, LineCounter, parseAllDocuments, type Tags } from 'yaml';
import type { Failure } from '../failure.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import { isNestedTooDeeply } from './nesting.ts';
import { rangeBetween, type TextRange } from './range.ts';

/**
 * Longest text that is read, in UTF-8 bytes: what etcd takes in one request by default (`--max-request-bytes`, 1.5 MiB). A larger
 * object could never be stored, and reading it would only keep the process busy.
 */
export const textLimit = 1.5 * 1024 * 1024;

/** One document of a text: its plain value and where its parts stand. */
export interface SourceDocument {
  /** Which document of the text, from 0; empty ones count. */
  readonly index: number;
  readonly value: Record<string, unknown>;
  readonly source: Document;
  readonly lines: LineCounter;
  readonly range: TextRange;
}

/** Something that cannot be read, and where. */
export interface ReadingProblem {
  readonly document: number;
  readonly range: TextRange;
  readonly failure: Failure;
}

const firstCharacter: TextRange = { line: 1, column: 1, endLine: 1, endColumn: 2 };

/**
 * All documents of `text` that hold something, and everything that is wrong with its YAML. Never throws.
 *
 * Plain values are read as Kubernetes' own tools read them (sigs.k8s.io/yaml): YAML 1.1, so `yes` is true and `0644` is octal, but
 * times and `12:30` stay text. Aliases are resolved at most 100 times over, duplicate keys are errors, and a text over
 * {@link textLimit} is `too-large` and not looked at.
 */
export function readDocuments(text: string): { documents: SourceDocument[]; problems: ReadingProblem[] } {
  const bytes = byteLength(text);
  if (bytes > textLimit) return unreadable({ code: 'too-large', bytes, limit: textLimit });
  if (isNestedTooDeeply(text)) return unreadable({ code: 'yaml', line: 1, column: 1, message: 'nested too deeply' });
  const lines = new LineCounter();
  let sources: Document[];
  try {
    sources = [
      ...parseAllDocuments(text, {
        lineCounter: lines,
        version: '1.1',
        customTags: kubernetesTags,
        uniqueKeys: false,
        logLevel: 'silent',
      }),
    ];
  } catch (error) {
    // Nesting deeper than the stack.
    return unreadable({
      code: 'yaml',
      line: 1,
      column: 1,
      message: error instanceof RangeError ? 'nested too deeply' : String(error),
    });
  }
  const documents: SourceDocument[] = [];
  const problems: ReadingProblem[] = [];
  for (const [index, source] of sources.entries()) {
    const before = problems.length;
    // After the first few the others only follow from them.
    for (const { at, to, message } of faultsOf(source).slice(0, 3)) {
      problems.push(yamlProblem(index, rangeBetween(lines, at, Math.max(to, at + 1)), firstLine(message)));
    }
    if (problems.length > before || source.contents === null) continue;
    const [start = 0, end = 0] = (isNode(source.contents) ? source.contents.range : null) ?? [];
    const range = rangeBetween(lines, start, end);
    try {
      const value: unknown = source.toJS({ maxAliasCount: 100 });
      if (value === null || value === undefined) continue;
      if (isMap(source.contents) && isRecord(value)) documents.push({ index, value, source, lines, range });
      else
        problems.push(yamlProblem(index, range, 'a Kubernetes object is a map of fields, such as apiVersion, kind and metadata'));
    } catch (error) {
      problems.push(yamlProblem(index, range, error instanceof RangeError ? 'nested too deeply' : messageOf(error)));
    }
  }
  return { documents, problems };
}

function faultsOf(source: Document): { at: number; to: number; message: string }[] {
  const syntax = source.errors.map(({ pos: [at, to], message }) => ({ at, to, message }));
  const twice = duplicateKeys(source).map(({ range }) => {
    const [at = 0, to = 0] = range ?? [];
    return { at, to, message: 'Map keys must be unique' };
  });
  return [...syntax, ...twice];
}

function unreadable(failure: Failure): { documents: SourceDocument[]; problems: ReadingProblem[] } {
  return { documents: [], problems: [{ document: 0, range: firstCharacter, failure }] };
}

function yamlProblem(document: number, range: TextRange, message: string): ReadingProblem {
  return { document, range, failure: { code: 'yaml', line: range.line, column: range.column, message } };
}

/** The tags of YAML 1.1 without those that the Go reader leaves as text: times, base 60, binary, sets. */
function kubernetesTags(tags: Tags): Tags {
  const left = new Set(['tag:yaml.org,2002:timestamp', 'tag:yaml.org,2002:binary', 'tag:yaml.org,2002:set']);
  return tags.filter((tag) => typeof tag === 'string' || !(left.has(tag.tag) || ('format' in tag && tag.format === 'TIME')));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The library repeats the source below its message. */
function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Length of `text` in UTF-8, in bytes, without making a copy of it. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    // Each half of a surrogate pair stands for two of its four bytes.
    else if (unit >= 0xd800 && unit <= 0xdfff) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}
