/**
 * The blanks a new line begins with after `before` in YAML: below a key without a value two more, below `- key: value` under that key,
 * else as many as before. One more blank than wanted is taken away by Backspace; YAML has no rule that is always right.
 */
export function indentAfter(before: string): string {
  const [, blanks = '', dashes = ''] = /^( *)((?:- +)*)/.exec(before) ?? [];
  const content = before.slice(blanks.length + dashes.length);
  if (/^[^\s#].*:\s*(#.*)?$/.test(content)) return ' '.repeat(blanks.length + dashes.length + 2);
  // A plain item is followed by the next item; one that holds a map by the map's next key.
  const inside = dashes !== '' && /^[^\s#'"[{][^:]*:(\s|$)/.test(content);
  return ' '.repeat(blanks.length + (inside ? dashes.length : 0));
}
