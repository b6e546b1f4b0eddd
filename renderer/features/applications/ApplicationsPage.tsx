import { useCallback, useMemo, useRef, useState } from 'react';
import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import { backend } from '../../backend.ts';
import { showNotice } from '../../ui/notices.ts';
import { StoppedAt } from '../../ui/Time.tsx';
import { useActions } from '../palette/index.ts';
import { scope as workScope } from '../scope/index.ts';
import { useSettings } from '../settings/index.ts';
import { navigation, type Scope, useShowFreshness } from '../shell/index.ts';
import styles from './ApplicationsPage.module.css';
import { ApplicationsTable } from './ApplicationsTable.tsx';
import { applications, useApplications } from './applications.ts';
import { summary } from './arrange.ts';
import { DeleteDialog } from './DeleteDialog.tsx';
import { LoadingRows } from './LoadingRows.tsx';
import { podsLost } from './losses.ts';
import { NothingHere } from './NothingHere.tsx';
import { RowMenu } from './RowMenu.tsx';
import { refusals } from './reasons.ts';
import { referenceOf, rowActions } from './rowActions.ts';
import line from './StatusLine.module.css';
import { Toolbar } from './Toolbar.tsx';
import { tableActions } from './tableActions.ts';
import { UnseenLine } from './UnseenLine.tsx';
import { useRows } from './useRows.ts';

const ROW_HEIGHTS = { normal: 28, compact: 22 };

interface ApplicationsPageProps {
  scope: Scope;
  /** Begins a new application from a template. */
  onNew(): void;
}

/** The live table of all Spark applications of the scope. */
export function ApplicationsPage({ scope, onNew }: ApplicationsPageProps) {
  const known = useApplications((state) => state.applications);
  const sorting = useApplications((state) => state.sorting);
  const filter = useApplications((state) => state.filter);
  const selected = useApplications((state) => state.selected);
  const settings = useSettings();
  const rows = useRows();
  const page = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const [deleting, setDeleting] = useState<ApplicationRow | null>(null);
  const focusTable = useCallback(() => page.current?.querySelector<HTMLElement>('[role="grid"]')?.focus(), []);
  // A cluster that never answered has no data to call stale: the header then tells of the connection.
  const nothingKnown = known.freshness.state === 'stale' && !known.wasWhole && known.rows.size === 0;
  useShowFreshness(nothingKnown ? null : known.freshness);

  const row = rows.find(({ uid }) => uid === selected) ?? null;
  const ofRow = useMemo(() => (row ? rowActions(scope.context, row, () => setDeleting(row)) : []), [scope.context, row]);
  const ofTable = useMemo(
    () =>
      tableActions({
        move: (by) => {
          applications.move(rows, by);
          focusTable();
        },
        filter: () => field.current?.focus(),
        leave: filter === '' ? null : () => applications.filter(''),
      }),
    [rows, filter, focusTable],
  );
  useActions('applications.row', ofRow);
  useActions('applications.table', ofTable);

  const counted = rows.length > 0 || known.freshness.state === 'live';
  const loading = known.freshness.state === 'loading' && rows.length === 0;
  return (
    <div ref={page} className={styles.page}>
      <Toolbar filter={filter} field={field} onFilter={applications.filter} onDone={focusTable} onNew={onNew} />
      {loading && <LoadingRows awaited={`Waiting for the first list of applications from ${scope.context}.`} />}
      {!loading && rows.length === 0 && (
        <div className={styles.fill}>
          <NothingHere
            scope={scope}
            applications={known}
            filter={filter}
            onClearFilter={() => applications.filter('')}
            onNew={onNew}
            onAllNamespaces={() => workScope.chooseNamespace(null)}
            onRetry={() => void backend.clusters.retry({ context: scope.context }).catch(() => undefined)}
          />
        </div>
      )}
      {rows.length > 0 && (
        <StoppedAt value={known.freshness.state === 'stale' ? known.freshness.since : null}>
          <ApplicationsTable
            rows={rows}
            showNamespace={scope.namespace === null}
            sorting={sorting}
            selected={selected}
            rowHeight={ROW_HEIGHTS[settings.state === 'ready' ? settings.settings.density : 'normal']}
            onSort={applications.sort}
            onSelect={applications.select}
            onOpen={(each) => navigation.open({ page: 'application', reference: referenceOf(scope.context, each) })}
            onMenu={(_, x, y) => setMenu({ x, y })}
          />
        </StoppedAt>
      )}
      <div className={line.line}>
        <span>{counted ? summary(rows, known.rows.size) : ''}</span>
        <UnseenLine refused={refusals(known.unseen)} />
      </div>
      <RowMenu at={menu} actions={ofRow} onClose={() => setMenu(null)} />
      {deleting && (
        <DeleteDialog
          opened
          reference={referenceOf(scope.context, deleting)}
          pods={podsLost(deleting)}
          unfinished={deleting.endedAt === null}
          onDeleted={() => showNotice({ tone: 'done', text: `${deleting.name} is being deleted.` })}
          onClose={() => setDeleting(null)}
        />
      )}
    </div>
  );
}
