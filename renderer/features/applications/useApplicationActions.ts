import { useEffect, useMemo } from 'react';
import { type Action, useActions } from '../palette/index.ts';
import { useScope } from '../scope/index.ts';
import { navigation } from '../shell/index.ts';
import { applications, useApplications } from './applications.ts';
import { referenceOf } from './rowActions.ts';

/** Follows the applications of the window's scope on every page, and puts them into the palette. */
export function useApplicationActions(): void {
  const scope = useScope((state) => state.scope);
  useEffect(() => applications.show(scope), [scope]);
  const rows = useApplications((state) => state.applications.rows);
  const shown = useApplications((state) => state.scope);
  const actions = useMemo(() => {
    if (!shown) return [];
    return [...rows.values()].map(
      (row): Action => ({
        id: `application.${row.uid}`,
        title: shown.namespace === null ? `${row.namespace}/${row.name}` : row.name,
        group: 'Application',
        run: () => navigation.open({ page: 'application', reference: referenceOf(shown.context, row) }),
      }),
    );
  }, [rows, shown]);
  useActions('applications', actions);
}
