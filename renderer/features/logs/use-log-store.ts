import { useEffect, useState } from 'react';
import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import { backend, follow } from '../../backend.ts';
import { createLogStore, type LogStore } from './store.ts';

/** The store of one application's log, followed while the component is mounted. */
export function useLogStore(application: ApplicationRef): LogStore {
  const [store] = useState(() =>
    createLogStore({
      follow: (filter, handlers, signal) =>
        follow((options) => backend.logs.follow({ application, filter }, options), handlers, signal),
      change: (view, filter) => backend.logs.change({ view, filter }),
      unfold: (view, head, open) => backend.logs.unfold({ view, head, open }),
      lines: (view, from, count) => backend.logs.lines({ view, from, count }),
      placeOf: (view, at) => backend.logs.placeOf({ view, at }),
      find: (view, from, backwards) => backend.logs.find({ view, from, backwards }),
    }),
  );
  useEffect(() => store.open(), [store]);
  return store;
}

/** Saves everything that passes the filter of a view as a text file. Rejects when the backend cannot give it. */
export async function download(view: string, name: string): Promise<void> {
  const pieces: string[] = [];
  for await (const piece of await backend.logs.text({ view })) pieces.push(piece);
  const url = URL.createObjectURL(new Blob(pieces, { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.log`;
  link.click();
  // The click has taken the address by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
