import type { Problem } from '../../../shared/contract/submissions.ts';
import { describe } from '../../../shared/describe.ts';
import { FailureView } from '../../ui/FailureView.tsx';
import styles from './Editor.module.css';

/** Refusals that no change of the text would help: what was refused, and the command that someone may run against it, each once. */
export function Remedies({ problems }: { problems: readonly Problem[] }) {
  const byCommand = new Map(problems.map(({ failure }) => [describe(failure).command, failure]));
  byCommand.delete(null);
  return [...byCommand].map(([command, failure]) => (
    <div key={command} className={styles.outcome}>
      <FailureView failure={failure} />
    </div>
  ));
}
