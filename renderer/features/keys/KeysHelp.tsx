import { Modal } from '@mantine/core';
import { Keys } from '../../ui/Keys.tsx';
import { byGroup, useEnabledActions } from '../palette/index.ts';
import styles from './KeysHelp.module.css';

/** All keys that do something on this page, now. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose(): void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys on this page" size={640} centered>
      <KeysList />
    </Modal>
  );
}

function KeysList() {
  const withKeys = useEnabledActions().filter((action) => action.keys !== undefined);
  return (
    <div className={styles.columns}>
      {byGroup(withKeys).map(([group, actions]) => (
        <section key={group} className={styles.group}>
          <h3 className={styles.heading}>{group}</h3>
          <dl className={styles.list}>
            {actions.map((action) => (
              <div key={action.id} className={styles.line}>
                <dt className={styles.title}>{action.title}</dt>
                <dd className={styles.keys}>
                  <Keys keys={action.keys ?? ''} all />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
