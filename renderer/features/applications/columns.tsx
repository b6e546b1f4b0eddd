import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import { visible } from '../../../shared/visible.ts';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { Age, Duration } from '../../ui/Time.tsx';
import styles from './ApplicationsTable.module.css';
import type { ColumnId } from './arrange.ts';
import { ExecutorCount } from './ExecutorCount.tsx';
import { operatorName } from './operators.ts';

export const features = tableFeatures({});
const helper = createColumnHelper<typeof features, ApplicationRow>();

/** Track of each column in the grid: fixed but for the name, so that nothing moves while values change. */
export const TRACKS: Record<ColumnId, string> = {
  state: 'minmax(120px, 1fr)',
  name: 'minmax(150px, 0.8fr)',
  namespace: 'minmax(110px, 0.3fr)',
  operator: '96px',
  age: '60px',
  duration: '92px',
  attempts: '84px',
  executors: '92px',
};

/** Columns whose values are numbers and stand to the right. */
export const NUMERIC: ReadonlySet<string> = new Set<ColumnId>(['age', 'duration', 'attempts', 'executors']);

const missing = <span className={styles.missing}>–</span>;

/** Everything a row shows, in order; the namespace only where there may be several. */
export const columns = helper.columns([
  helper.display({ id: 'state', header: 'State', cell: ({ row }) => <StateBadge state={row.original.state} /> }),
  helper.accessor('name', {
    header: 'Name',
    cell: ({ row }) => (
      <span className={`mono ${styles.cut}`} title={visible(row.original.name)}>
        {visible(row.original.name)}
      </span>
    ),
  }),
  helper.accessor('namespace', {
    header: 'Namespace',
    cell: ({ row }) => (
      <span className={`mono ${styles.cut}`} title={visible(row.original.namespace)}>
        {visible(row.original.namespace)}
      </span>
    ),
  }),
  helper.accessor('operator', { header: 'Operator', cell: ({ row }) => operatorName(row.original.operator) }),
  helper.display({ id: 'age', header: 'Age', cell: ({ row }) => <Age at={row.original.createdAt} /> }),
  helper.display({
    id: 'duration',
    header: 'Duration',
    cell: ({ row: { original } }) =>
      original.startedAt === null ? missing : <Duration from={original.startedAt} to={original.endedAt} />,
  }),
  helper.accessor('attempts', { header: 'Attempts', cell: ({ row }) => row.original.attempts ?? missing }),
  helper.display({
    id: 'executors',
    header: 'Executors',
    cell: ({ row }) => <ExecutorCount row={row.original} />,
  }),
]);
