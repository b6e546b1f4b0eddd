import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ApplicationRef, ApplicationView } from '../../../shared/contract/applications.ts';
import type { Failure } from '../../../shared/failure.ts';
import { failureOfCall } from '../../backend.ts';
import { StoppedAt } from '../../ui/Time.tsx';
import { DeleteDialog, rerunAsDraft } from '../applications/index.ts';
import { LogsTab } from '../logs/index.ts';
import { navigation } from '../shell/index.ts';
import { ShellMenu } from '../terminals/index.ts';
import styles from './ApplicationPage.module.css';
import { EventsTab } from './events/EventsTab.tsx';
import { Overview } from './Overview.tsx';
import { PageHeader } from './PageHeader.tsx';
import { SparkUiTab } from './spark-ui/SparkUiTab.tsx';
import type { ApplicationStore } from './store.ts';
import { TabList } from './TabList.tsx';
import { Trouble } from './Trouble.tsx';
import { type Tab, tabOf } from './tabs.ts';
import { visible } from './text.ts';
import { usePageActions } from './use-page-actions.ts';
import { YamlTab } from './yaml/YamlTab.tsx';

interface PresentProps {
  reference: ApplicationRef;
  tab: string;
  view: Extract<ApplicationView, { state: 'present' }>;
  store: ApplicationStore;
}

/** The page of an application that is there, or was until it was deleted. */
export function Present({ reference, tab: wanted, view, store }: PresentProps) {
  const tab = tabOf(wanted);
  const [asking, setAsking] = useState(false);
  const [drafting, setDrafting] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { row, exists } = view;

  const show = (next: Tab) => navigation.replace({ page: 'application', reference, tab: next });
  const rerun = () => {
    setDrafting(true);
    setFailure(null);
    rerunAsDraft(reference, exists ? null : view.manifest)
      .catch((error: unknown) => setFailure(failureOfCall(error)))
      .finally(() => setDrafting(false));
  };
  const remove = () => setAsking(true);
  usePageActions({ name: reference.name, exists, tab, show, rerun, remove });
  return (
    <StoppedAt value={view.freshness.state === 'stale' ? view.freshness.since : null}>
      <div className={styles.page}>
        <PageHeader
          row={row}
          exists={exists}
          onSpark={tab === 'spark'}
          busy={drafting}
          shell={<ShellMenu reference={reference} pods={view.pods} />}
          onSparkUi={() => show('spark')}
          onRerun={rerun}
          onDelete={remove}
        />
        {failure && <Trouble failure={failure} onDismiss={() => setFailure(null)} />}
        {!exists && (
          <div className={styles.notice} role="status">
            <span>{visible(row.name)} was deleted. This is what was last known of it.</span>
            <Button variant="default" onClick={rerun} loading={drafting}>
              Re-run as new
            </Button>
            <Button variant="default" onClick={() => navigation.open({ page: 'applications' })}>
              Back to applications
            </Button>
          </div>
        )}
        <TabList tab={tab} show={show} />
        <div className={styles.panel} role="tabpanel" id="application-panel" aria-labelledby={`application-${tab}`}>
          {tab === 'overview' && <Overview view={view} store={store} />}
          {tab === 'logs' && <LogsTab reference={reference} />}
          {tab === 'spark' && <SparkUiTab reference={reference} onRerun={rerun} />}
          {tab === 'yaml' && <YamlTab manifest={view.manifest} busy={drafting} onEdit={rerun} />}
          {tab === 'events' && <EventsTab marks={view.timeline.marks} name={row.name} />}
        </div>
        <DeleteDialog
          reference={reference}
          pods={view.pods.length}
          unfinished={row.endedAt === null}
          opened={asking && exists}
          onClose={() => setAsking(false)}
        />
      </div>
    </StoppedAt>
  );
}
