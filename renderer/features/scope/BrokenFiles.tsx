import type { KubeconfigFile } from '../../../shared/contract/kubeconfigs.ts';
import { describe } from '../../../shared/describe.ts';
import { Icon } from '../../ui/icons.tsx';
import styles from './BrokenFiles.module.css';

/** Kubeconfig files that could not be read, each with its line; contexts of the others are usable all the same. */
export function BrokenFiles({ files }: { files: readonly KubeconfigFile[] }) {
  const broken = files.flatMap(({ path, failure }) =>
    failure && failure.code !== 'kubeconfig-missing' ? [{ path, failure }] : [],
  );
  if (broken.length === 0) return null;
  return (
    <ul className={styles.files} aria-label="Files that could not be read">
      {broken.map(({ path, failure }) => {
        const { title, detail } = describe(failure);
        return (
          <li key={path} className={styles.file}>
            <Icon name="warning" size={14} className={styles.icon} />
            <span>
              {title} <span className={styles.detail}>{detail}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
