import { Button } from '@mantine/core';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FailureView } from '../../ui/FailureView.tsx';
import type { Scope } from '../shell/index.ts';
import type { Applications } from './model.ts';
import { nothingCanBeSeen, refusals } from './reasons.ts';
import { RefusalList } from './UnseenLine.tsx';

interface NothingHereProps {
  scope: Scope;
  applications: Applications;
  filter: string;
  onClearFilter(): void;
  onNew(): void;
  onAllNamespaces(): void;
  onRetry(): void;
}

/** Why the table is empty, and what to do next. */
export function NothingHere(props: NothingHereProps) {
  const { scope, applications, filter } = props;
  const { freshness, unseen, rows } = applications;
  const where = scope.namespace ?? 'any namespace';
  if (rows.size > 0) {
    const clear = <Button onClick={props.onClearFilter}>Clear the filter</Button>;
    return <EmptyState title={`None of the ${rows.size} applications holds “${filter}”.`} actions={clear} />;
  }
  const retry = (
    <Button variant="default" onClick={props.onRetry}>
      Try again
    </Button>
  );
  if (nothingCanBeSeen(applications)) {
    const refused = refusals(unseen);
    return (
      <EmptyState title={`Spark applications in ${scope.namespace ?? 'all namespaces'} cannot be seen.`} actions={retry}>
        {refused.length > 0 && <RefusalList refused={refused} />}
        {scope.namespace === null && <span>One namespace alone may be allowed: choose it above, or type its name there.</span>}
        {refused.length === 0 && freshness.state === 'refused' && <FailureView failure={freshness.failure} />}
      </EmptyState>
    );
  }
  if (freshness.state === 'stale') {
    return (
      <EmptyState title={`It is not known which Spark applications there are in ${where}.`} actions={retry}>
        <FailureView failure={freshness.failure} />
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={`No Spark applications in ${where}.`}
      actions={
        <>
          <Button onClick={props.onNew}>New from template</Button>
          {scope.namespace !== null && (
            <Button variant="default" onClick={props.onAllNamespaces}>
              Look in all namespaces
            </Button>
          )}
        </>
      }
    />
  );
}
