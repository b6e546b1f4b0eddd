import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { navigation, useShowFreshness } from '../shell/index.ts';
import styles from './ApplicationPage.module.css';
import { Present } from './Present.tsx';
import { Trouble } from './Trouble.tsx';
import { visible } from './text.ts';
import { useApplicationStore, useSelected } from './use-application.ts';

interface ApplicationPageProps {
  reference: ApplicationRef;
  tab?: string;
}

/** Everything about one application: its state, its way here, its Spark UI, its YAML and its events, live. */
export function ApplicationPage({ reference, tab }: ApplicationPageProps) {
  const { context, operator, namespace, name } = reference;
  return <Page key={JSON.stringify([context, operator, namespace, name])} given={reference} tab={tab ?? 'overview'} />;
}

function Page({ given, tab }: { given: ApplicationRef; tab: string }) {
  // The key above makes a new page for another application, so the first reference stays the right one.
  const [reference] = useState(given);
  const store = useApplicationStore(reference);
  const observed = useSelected(store, (state) => state.observed);
  const freshness = 'freshness' in observed ? observed.freshness : null;
  const nothingKnown = observed.state === 'loading' && freshness?.state === 'stale';
  useShowFreshness(nothingKnown ? null : freshness);
  const { name, namespace, context } = reference;
  switch (observed.state) {
    case 'failed':
      return <Trouble failure={observed.failure} onRetry={store.again} />;
    case 'opening':
    case 'loading':
      if (freshness?.state === 'refused') return <Trouble failure={freshness.failure} />;
      return <Awaited name={name} context={context} />;
    case 'absent':
      if (freshness?.state === 'refused') return <Trouble failure={freshness.failure} />;
      return (
        <EmptyState
          title={
            <>
              There is no application <code className={styles.code}>{visible(name)}</code> in {visible(namespace)}
            </>
          }
          actions={
            <Button variant="default" onClick={() => navigation.open({ page: 'applications' })}>
              Show all applications
            </Button>
          }
        >
          <span>It was deleted, or never was in {visible(context)}. If it is made, it appears here by itself.</span>
        </EmptyState>
      );
    case 'present':
      return <Present reference={reference} tab={tab} view={observed} store={store} />;
  }
}

/** Room of the page's own shape; a sentence when it takes long. Both appear by style sheet: no timer, no jump. */
function Awaited({ name, context }: { name: string; context: string }) {
  return (
    <div className={styles.awaited} aria-busy="true">
      <div className={styles.bone} data-part="name" />
      <div className={styles.bone} data-part="timeline" />
      <div className={styles.bone} data-part="pods" />
      <p className={styles.sentence}>
        Waiting for {visible(context)} to tell about {visible(name)}.
      </p>
    </div>
  );
}
