import { useWaited } from '../../ui/useWaited.ts';
import styles from './ApplicationsPage.module.css';

const WIDTHS = [62, 48, 71, 55, 66, 43, 58, 69];

/** Rows of the right height while the first list is on its way, and after two seconds what is awaited. */
export function LoadingRows({ awaited }: { awaited: string }) {
  const waited = useWaited();
  if (waited === 'no time') return <div className={styles.fill} />;
  return (
    <div className={styles.fill} role="status">
      {waited === 'long' && <div className={styles.waiting}>{awaited}</div>}
      <span className="visually-hidden">Loading</span>
      {WIDTHS.map((width) => (
        <div key={width} className={styles.skeleton} aria-hidden="true">
          <div className={styles.bar} style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
