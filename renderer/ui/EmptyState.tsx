import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

interface EmptyStateProps {
  /** One sentence: what there is not, and where. */
  title: ReactNode;
  children?: ReactNode;
  /** Buttons: what to do next, the likeliest first. */
  actions?: ReactNode;
}

/** Stands where a list or a page would be when there is nothing to show: says so and what to do next. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
