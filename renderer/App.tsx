import { useState } from 'react';
import { backend } from './backend.ts';
import { useApplicationActions } from './features/applications/index.ts';
import { DemoBanner, useDemoActions } from './features/demo/index.ts';
import { Dock } from './features/dock/index.ts';
import { useDraftActions } from './features/drafts/index.ts';
import { KeysHelp } from './features/keys/index.ts';
import { Palette } from './features/palette/index.ts';
import { actionsOfAddress, useContextHue, useScope, useScopeActions } from './features/scope/index.ts';
import { useAppearance } from './features/settings/index.ts';
import { BackendBanner } from './features/shell/Banner.tsx';
import { Frame } from './features/shell/Frame.tsx';
import { FreshnessIndicator } from './features/shell/FreshnessIndicator.tsx';
import { Rail } from './features/shell/Rail.tsx';
import { useWindowActions } from './features/shell/useWindowActions.ts';
import { useTerminalTabs } from './features/terminals/index.ts';
import { Header } from './Header.tsx';
import { Page } from './Page.tsx';
import { Notices } from './ui/Notices.tsx';

/** The window: what stands around every page, and the page. */
export function App() {
  const [overlay, setOverlay] = useState<'none' | 'palette' | 'keys'>('none');
  const context = useScope((state) => state.scope?.context ?? null);
  const hue = useContextHue(context);
  const health = useScope((state) => state.health);
  const rail = useWindowActions(setOverlay);
  useScopeActions();
  useDraftActions();
  useApplicationActions();
  useDemoActions();
  useAppearance();
  useTerminalTabs();
  const close = () => setOverlay('none');
  const retry = () => {
    if (context !== null) backend.clusters.retry({ context }).catch(() => undefined);
  };
  return (
    <>
      <Frame
        hue={hue}
        rail={<Rail entries={rail} />}
        header={
          <Header
            indicator={<FreshnessIndicator connection={health.state === 'known' ? health.connection : null} onRetry={retry} />}
            onSearch={() => setOverlay('palette')}
          />
        }
        banner={
          <>
            <BackendBanner />
            <DemoBanner />
          </>
        }
        dock={<Dock />}
      >
        <Page />
      </Frame>
      <Palette opened={overlay === 'palette'} actionsFor={actionsOfAddress} onClose={close} />
      <KeysHelp opened={overlay === 'keys'} onClose={close} />
      <Notices />
    </>
  );
}
