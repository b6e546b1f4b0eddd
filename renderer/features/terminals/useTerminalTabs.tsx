import { useEffect, useMemo } from 'react';
import type { Terminal } from '../../../shared/contract/terminals.ts';
import { visible } from '../../../shared/visible.ts';
import { backend } from '../../backend.ts';
import { type DockTab, useDockTabs } from '../dock/index.ts';
import { TerminalTab } from './TerminalTab.tsx';
import { followTerminals, tabId, useTerminals } from './terminals.ts';

/** Keeps a tab in the dock for every terminal of the backend. */
export function useTerminalTabs(): void {
  useEffect(followTerminals, []);
  const terminals = useTerminals((state) => state.terminals);
  const tabs = useMemo(() => terminals.map(tabOf), [terminals]);
  useDockTabs('terminals', tabs);
}

function tabOf(terminal: Terminal): DockTab {
  const { id, title, target, state } = terminal;
  const place = [target.context, target.namespace, target.pod, target.container].filter((part) => part !== null).join(' / ');
  return {
    id: tabId(id),
    title: visible(title),
    tooltip: visible(place),
    ended: state.state === 'ended',
    render: (shown, focus) => <TerminalTab terminal={terminal} shown={shown} focus={focus} />,
    close: () => void backend.terminals.close({ id }).catch(() => undefined),
  };
}
