import { useMemo } from 'react';
import { useActions } from '../palette/index.ts';
import { useScope } from '../scope/index.ts';
import { newApplication } from './newApplication.ts';

/** "New application", on every page. */
export function useDraftActions(): void {
  const scope = useScope((state) => state.scope);
  const actions = useMemo(
    () => [{ id: 'drafts.new', title: 'New application', group: 'Go to', keys: 'n', run: () => void newApplication(scope) }],
    [scope],
  );
  useActions('drafts', actions);
}
