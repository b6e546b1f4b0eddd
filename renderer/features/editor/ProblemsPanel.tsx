import type { Problem } from '../../../shared/contract/submissions.ts';
import { Icon } from '../../ui/icons.tsx';
import styles from './Editor.module.css';
import type { LanguageProblem } from './MonacoPane.tsx';

interface Props {
  problems: readonly Problem[];
  languageProblems: readonly LanguageProblem[];
  wordsOf(problem: Problem): string;
  onOpen(line: number, column: number): void;
}

/** Everything that is wrong with the text, the server's words first; a click goes to the line. */
export function ProblemsPanel({ problems, languageProblems, wordsOf, onOpen }: Props) {
  const rows = [
    ...problems.map((problem) => ({ ...problem, words: wordsOf(problem), source: sourceOf(problem), severe: true })),
    ...[...languageProblems]
      .sort((one, other) => one.line - other.line || one.column - other.column)
      .map((problem) => ({ ...problem, words: problem.message, source: 'schema' })),
  ];
  if (rows.length === 0) return null;
  return (
    <ul className={styles.problems} aria-label="Problems">
      {rows.map(({ line, column, words, source, severe }) => (
        <li key={`${source} ${line} ${column} ${words}`}>
          <button type="button" onClick={() => onOpen(line, column)}>
            <span className={severe ? styles.bad : styles.warn}>
              <Icon name={severe ? 'failed' : 'warning'} />
            </span>
            <span className={styles.where}>line {line}</span>
            <span className={styles.words}>{words}</span>
            <span className={styles.quiet}>{source}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Who says so: the text was read here before any server was asked. */
function sourceOf({ failure }: Problem): string {
  return failure.code === 'yaml' || failure.code === 'wrong-kind' || failure.code === 'empty' || failure.code === 'too-large'
    ? 'text'
    : 'server';
}
