import { create } from 'zustand';
import type { ApplicationPod, ApplicationRef } from '../../../shared/contract/applications.ts';
import type { Terminal } from '../../../shared/contract/terminals.ts';
import { backend, failureOfCall, follow } from '../../backend.ts';
import { showNotice } from '../../ui/notices.ts';
import { dock } from '../dock/index.ts';
import { roleOf, runningPods } from './pods.ts';
import type { Wire } from './session.ts';

/** The terminals of the backend, followed by {@link followTerminals}. */
export const useTerminals = create<{ terminals: readonly Terminal[] }>(() => ({ terminals: [] }));

/** Follows what the backend has until the returned function is called. */
export function followTerminals(): () => void {
  const ending = new AbortController();
  const onValue = ({ terminals }: { terminals: Terminal[] }) => useTerminals.setState({ terminals });
  follow((options) => backend.terminals.watch({}, options), { onValue }, ending.signal).catch(() => undefined);
  return () => ending.abort();
}

/** The id of a terminal's tab in the dock. */
export const tabId = (id: string): string => `terminal-${id}`;

/** Opens a shell in a pod of an application and shows it. */
export async function openShell({ context, namespace, name }: ApplicationRef, pod: ApplicationPod): Promise<void> {
  try {
    const { id } = await backend.terminals.open({
      target: { context, namespace, pod: pod.name, container: null },
      title: `${name} ${roleOf(pod)}`,
      // The screen tells its own size as soon as it is drawn.
      size: { columns: 80, rows: 24 },
    });
    dock.show(tabId(id));
  } catch (error) {
    showNotice({ tone: 'failed', text: `No shell was opened in ${pod.name}.`, failure: failureOfCall(error) });
  }
}

/** Opens a shell in the driver of an application whose pods are not on screen. */
export async function openDriverShell(reference: ApplicationRef): Promise<void> {
  const looking = new AbortController();
  try {
    for await (const view of await backend.applications.observe(reference, { signal: looking.signal })) {
      if (view.state === 'loading') continue;
      const driver = view.state === 'present' ? runningPods(view.pods).find(({ role }) => role === 'driver') : undefined;
      if (driver !== undefined) return await openShell(reference, driver);
      const { namespace, name } = reference;
      const failure = { code: 'not-found', kind: 'running driver', namespace, name: `of ${name}` } as const;
      return showNotice({ tone: 'failed', text: 'No shell was opened.', failure });
    }
  } catch (error) {
    showNotice({ tone: 'failed', text: `The driver of ${reference.name} was not found.`, failure: failureOfCall(error) });
  } finally {
    looking.abort();
  }
}

/** A terminal's end in this window's backend. */
export function wireOf(id: string): Wire {
  const { terminals } = backend;
  return {
    output(reader, onValue, signal) {
      follow((options) => terminals.output({ id, reader, from: 0 }, options), { onValue }, signal).catch(() => undefined);
    },
    acknowledge: (reader, offset) => terminals.acknowledge({ id, reader, offset }),
    write: (data) => terminals.write({ id, data }),
    resize: (size) => terminals.resize({ id, size }),
  };
}
