import { Button, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import type { KubeconfigFile } from '../../../shared/contract/kubeconfigs.ts';
import { describe } from '../../../shared/describe.ts';
import { backend, failureOfCall } from '../../backend.ts';
import { FailureView } from '../../ui/FailureView.tsx';
import { showNotice } from '../../ui/notices.ts';
import { AddKubeconfig, originWords, useScope } from '../scope/index.ts';
import styles from './SettingsPage.module.css';
import { settings, useSettings } from './settings.ts';
import { DEFAULT_SETTINGS } from './store.ts';
import { versionsIn } from './versions.ts';

/** How the window looks, which kubeconfig files it reads, and what it is made of. */
export default function SettingsPage() {
  const read = useSettings();
  const { theme, density } = read.state === 'ready' ? read.settings : DEFAULT_SETTINGS;
  const files = useScope((state) => state.kubeconfigs.files);
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Settings</h1>
      {read.state === 'ready' && read.failure && <FailureView failure={read.failure} />}
      <Section title="Appearance">
        <Row label="Theme">
          <SegmentedControl
            size="sm"
            aria-label="Theme"
            data={[
              { value: 'system', label: 'As the system' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
            value={theme}
            onChange={(value) => void settings.change({ theme: value })}
          />
        </Row>
        <Row label="Rows">
          <SegmentedControl
            size="sm"
            aria-label="Rows"
            data={[
              { value: 'normal', label: 'Normal' },
              { value: 'compact', label: 'Compact' },
            ]}
            value={density}
            onChange={(value) => void settings.change({ density: value })}
          />
        </Row>
      </Section>
      <Section title="Kubeconfig files">
        <p className={styles.quiet}>Read in this order, merged as kubectl merges them. An edit shows within a second.</p>
        <ul className={styles.files}>
          {files.map((file) => file.origin !== 'demo' && <FileLine key={file.path} file={file} />)}
        </ul>
        <AddKubeconfig />
      </Section>
      <Section title="Versions">
        <Versions />
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      {children}
    </section>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      {children}
    </div>
  );
}

function FileLine({ file: { path, origin, failure } }: { file: KubeconfigFile }) {
  async function remove(): Promise<void> {
    try {
      await backend.kubeconfigs.remove({ path });
    } catch (error) {
      showNotice({ tone: 'failed', text: `${path} is still read.`, failure: failureOfCall(error) });
    }
  }
  return (
    <li className={styles.file}>
      <div className={styles.words}>
        <span className="mono">{path}</span>
        <span className={styles.quiet}>{originWords(origin)}</span>
        {failure && <span className={styles.broken}>{describe(failure).title}</span>}
      </div>
      {origin === 'picked' && (
        <Button variant="default" onClick={() => void remove()} title="The file itself stays as it is">
          Remove from the list
        </Button>
      )}
    </li>
  );
}

function Versions() {
  const health = useScope((state) => state.health);
  const context = useScope((state) => state.scope?.context);
  const versions = versionsIn(navigator.userAgent);
  if (context !== undefined && health.state === 'known' && health.connection.state === 'connected') {
    versions.push({ of: `Kubernetes of ${context}`, version: health.connection.version });
  }
  return versions.map(({ of, version }) => (
    <Row key={of} label={of}>
      <span className="mono">{version}</span>
    </Row>
  ));
}
