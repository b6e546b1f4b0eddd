import { Popover } from '@mantine/core';
import { FailureView } from '../../ui/FailureView.tsx';
import { operatorName } from './operators.ts';
import { type Refusal, unseenLine } from './reasons.ts';
import styles from './StatusLine.module.css';

/** One quiet line about the kinds of application that cannot be seen; pressed, it tells why and what would help. */
export function UnseenLine({ refused }: { refused: readonly Refusal[] }) {
  const line = unseenLine(refused);
  if (line === null) return null;
  return (
    <Popover position="top-end" width={480} withinPortal returnFocus>
      <Popover.Target>
        <button type="button" className={styles.unseen}>
          {line}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="What cannot be seen here">
        <RefusalList refused={refused} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Every refusal with its reason, what to do, and the command to copy. */
export function RefusalList({ refused }: { refused: readonly Refusal[] }) {
  return (
    <ul className={styles.refusals}>
      {refused.map(({ operator, failure }) => (
        <li key={operator}>
          <span className={styles.operator}>{operatorName(operator)}</span>
          <FailureView failure={failure} />
        </li>
      ))}
    </ul>
  );
}
