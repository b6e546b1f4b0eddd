import type { ApplicationView } from '../../../shared/contract/applications.ts';
import { machineLayouts } from '../../../shared/spark/machine-layout.ts';
import { FoldedText } from './FoldedText.tsx';
import { MachineView } from './machine/MachineView.tsx';
import styles from './Overview.module.css';
import { PodTable } from './pods/PodTable.tsx';
import type { ApplicationStore } from './store.ts';
import { Timeline } from './timeline/Timeline.tsx';

interface OverviewProps {
  view: Extract<ApplicationView, { state: 'present' }>;
  store: ApplicationStore;
}

/** What happened and how it stands: the operator's message, the timeline, the state machine, the pods. */
export function Overview({ view, store }: OverviewProps) {
  const segments = view.timeline.lanes.find((lane) => lane.kind === 'application')?.segments ?? [];
  const staleSince = view.freshness.state === 'stale' ? view.freshness.since : null;
  return (
    <div className={styles.overview}>
      {view.message !== null && view.message.trim() !== '' && (
        <section className={styles.message} data-phase={view.row.state.phase} aria-label="Operator’s message">
          <FoldedText text={view.message} lines={3} mono />
        </section>
      )}
      <div className={styles.pictures} data-beside={machineLayouts[view.row.operator].columns <= 5 || undefined}>
        <Timeline timeline={view.timeline} staleSince={staleSince} store={store} />
        <MachineView machine={view.machine} operator={view.row.operator} segments={segments} exists={view.exists} store={store} />
      </div>
      <PodTable pods={view.pods} />
    </div>
  );
}
