import type { Problem } from '../../../shared/contract/submissions.ts';

/** One change of the text: lines `first` to `last` (from 1, as they were before it) became `count` lines. */
export interface LineChange {
  first: number;
  last: number;
  count: number;
}

/**
 * What is left of the server's words after `change` of `before`: those about the edited document are gone, as they may be wrong now;
 * those further down move with their lines.
 */
export function afterChange(problems: readonly Problem[], before: string, change: LineChange): Problem[] {
  if (problems.length === 0) return [];
  const separators = separatorLines(before);
  const documentOf = (line: number) => separators.filter((separator) => separator < line).length;
  const from = documentOf(change.first);
  const to = documentOf(change.last + 1);
  const moved = change.count - (change.last - change.first + 1);
  return problems
    .filter((problem) => documentOf(problem.line) < from || documentOf(problem.line) > to)
    .map((problem) =>
      problem.line > change.last ? { ...problem, line: problem.line + moved, endLine: problem.endLine + moved } : problem,
    );
}

function separatorLines(text: string): number[] {
  return text.split('\n').flatMap((line, at) => (/^---(\s|$)/.test(line) ? [at + 1] : []));
}
