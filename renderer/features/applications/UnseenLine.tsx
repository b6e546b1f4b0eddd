import { Popover } from '@mantine/core';
import { DescriptionView } from '../../ui/FailureView.tsx';
import { operatorName } from './operators.ts';
import { joinNames, type Refusal, reasonsOf, unseenLine } from './reasons.ts';
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

/** Every reason with the kinds it hides, what to do, and the command to copy. */
export function RefusalList({ refused }: { refused: readonly Refusal[] }) {
  return (
    <ul className={styles.refusals}>
      {reasonsOf(refused).map(({ operators, description }) => (
        <li key={operators.join()}>
          <span className={styles.operator}>{joinNames(operators.map(operatorName))}</span>
          <DescriptionView description={description} />
        </li>
      ))}
    </ul>
  );
}
