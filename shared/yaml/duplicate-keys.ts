import { type Document, isScalar, type Scalar, visit } from 'yaml';

/**
 * Keys that stand twice in one mapping of `document`: of each the later one, in the order of the text. The parser's own check
 * (`uniqueKeys`) compares every key with every other: a mapping of 100,000 keys takes it minutes. Read with `uniqueKeys: false`.
 */
export function duplicateKeys(document: Document): Scalar[] {
  const twice: Scalar[] = [];
  visit(document, {
    Map(_key, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        // Merge keys may be repeated in YAML 1.1.
        if (seen.has(key.value) && key.value !== '<<') twice.push(key);
        seen.add(key.value);
      }
    },
  });
  return twice;
}
