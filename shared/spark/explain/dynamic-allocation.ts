import { field } from '../../json.ts';
import { conf, type Row, scalarAt } from './argument.ts';
import { value } from './row.ts';

const rows: readonly Row[] = [
  value('spec.dynamicAllocation.enabled', 'spark.dynamicAllocation.enabled'),
  value('spec.dynamicAllocation.initialExecutors', 'spark.dynamicAllocation.initialExecutors'),
  value('spec.dynamicAllocation.minExecutors', 'spark.dynamicAllocation.minExecutors'),
  value('spec.dynamicAllocation.maxExecutors', 'spark.dynamicAllocation.maxExecutors'),
  ({ application }) => {
    const path = ['spec', 'dynamicAllocation', 'shuffleTrackingEnabled'];
    const own = scalarAt(application, path);
    return [conf('spark.dynamicAllocation.shuffleTracking.enabled', own ?? 'true', own === null ? 'operator' : path)];
  },
  value('spec.dynamicAllocation.shuffleTrackingTimeout', 'spark.dynamicAllocation.shuffleTracking.timeout'),
];

/** `dynamicAllocationOption` of `submission.go`: nothing at all unless it is enabled. */
export const dynamicAllocation: Row = (submission) =>
  field(submission.application, 'spec', 'dynamicAllocation', 'enabled') === true ? rows.flatMap((row) => row(submission)) : [];
