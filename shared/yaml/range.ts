import type { LineCounter } from 'yaml';

/** A stretch of text: lines and columns from 1, the end exclusive at the column. */
export interface TextRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The stretch between two offsets. */
export function rangeBetween(lines: LineCounter, start: number, end: number): TextRange {
  const from = lines.linePos(start);
  const to = lines.linePos(end);
  return { line: from.line, column: Math.max(1, from.col), endLine: to.line, endColumn: Math.max(1, to.col) };
}
