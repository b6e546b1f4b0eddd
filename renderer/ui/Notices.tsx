import { Button } from '@mantine/core';
import { visible } from '../../shared/visible.ts';
import { FailureView } from './FailureView.tsx';
import { Icon } from './icons.tsx';
import styles from './Notices.module.css';
import { dismissNotice, useNotices } from './notices.ts';

/** The corner where notices stand. There is one in the window. */
export function Notices() {
  const notices = useNotices((state) => state.notices);
  return (
    <div className={styles.corner} role="status" aria-live="polite">
      {notices.map((notice) => (
        <div key={notice.id} className={styles.notice} data-tone={notice.tone}>
          <span className={styles.icon}>
            <Icon name={notice.tone} />
          </span>
          <div className={styles.words}>
            <p className={styles.text}>{visible(notice.text)}</p>
            {notice.tone === 'failed' && <FailureView failure={notice.failure} />}
          </div>
          <Button variant="subtle" onClick={() => dismissNotice(notice.id)}>
            Close
          </Button>
        </div>
      ))}
    </div>
  );
}
