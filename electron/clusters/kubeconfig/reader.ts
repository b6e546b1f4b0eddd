import { isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Document as YamlDocument } from 'yaml';

/** A place where a file says something that cannot be meant. Line and column count from 1. */
export class StructureError extends Error {
  readonly line: number | null;
  readonly column: number | null;

  constructor(message: string, node: Node | null, lines: LineCounter) {
    super(message);
    const offset = node?.range?.[0];
    const place = offset === undefined ? null : lines.linePos(offset);
    this.line = place?.line ?? null;
    this.column = place?.col ?? null;
  }
}

/** Reads values out of a YAML document; each wrong type is a {@link StructureError} that names what was expected and never the value. */
export class Reader {
  readonly document: YamlDocument;
  readonly lines: LineCounter;

  constructor(document: YamlDocument, lines: LineCounter) {
    this.document = document;
    this.lines = lines;
  }

  private follow(node: unknown): Node | null {
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      if (target === undefined) throw this.wrong('an alias refers to nothing', node);
      return this.follow(target);
    }
    if (isScalar(node) && node.value === null) return null;
    return isMap(node) || isSeq(node) || isScalar(node) ? node : null;
  }

  /** The value of `key`, or null where it is absent or null. */
  child(node: Node | null, key: string): Node | null {
    return isMap(node) ? this.follow(node.get(key, true)) : null;
  }

  /** `node` when it is a map; null is an empty one. */
  map(node: unknown, what: string): Node | null {
    const found = this.follow(node);
    if (found !== null && !isMap(found)) throw this.wrong(`${what} must be a mapping`, found);
    return found;
  }

  list(parent: Node | null, key: string, what: string): Node[] {
    const found = this.child(parent, key);
    if (found === null) return [];
    if (!isSeq(found)) throw this.wrong(`${what} must be a list`, found);
    return found.items.map((item) => this.follow(item)).filter((item) => item !== null);
  }

  text(parent: Node | null, key: string, what: string): string | null {
    const found = this.child(parent, key);
    if (found === null) return null;
    if (!isScalar(found) || typeof found.value === 'object') throw this.wrong(`${what}.${key} must be a text`, found);
    // A token of digits only is read as a number by YAML; its source keeps every digit.
    const text = typeof found.value === 'string' ? found.value : (found.source ?? String(found.value));
    return text === '' ? null : text;
  }

  flag(parent: Node | null, key: string, what: string): boolean {
    const found = this.child(parent, key);
    if (found === null) return false;
    if (!isScalar(found) || typeof found.value !== 'boolean') throw this.wrong(`${what}.${key} must be true or false`, found);
    return found.value;
  }

  texts(parent: Node | null, key: string, what: string): string[] {
    return this.list(parent, key, `${what}.${key}`).map((item) => {
      if (!isScalar(item) || typeof item.value === 'object') throw this.wrong(`${what}.${key} must be a list of texts`, item);
      return typeof item.value === 'string' ? item.value : (item.source ?? String(item.value));
    });
  }

  /** A mapping of texts to texts. */
  record(parent: Node | null, key: string, what: string): Record<string, string> {
    const found = this.map(this.child(parent, key), `${what}.${key}`);
    const record: Record<string, string> = {};
    for (const name of this.keys(found)) record[name] = this.text(found, name, `${what}.${key}`) ?? '';
    return record;
  }

  keys(node: Node | null): string[] {
    return isMap(node) ? node.items.map(({ key }) => (isScalar(key) ? String(key.value) : String(key))) : [];
  }

  wrong(message: string, node: Node | null): StructureError {
    return new StructureError(message, node, this.lines);
  }
}
