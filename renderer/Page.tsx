import { lazy, type ReactNode, Suspense } from 'react';
import { ApplicationsPage } from './features/applications/index.ts';
import { newApplication } from './features/drafts/index.ts';
import { useScope } from './features/scope/index.ts';
import { type Place, usePlace } from './features/shell/index.ts';
import { WelcomePage } from './features/welcome/index.ts';
import { PageBoundary } from './PageBoundary.tsx';

// What is not needed to draw the first table is loaded when it is opened.
const ApplicationPage = lazy(async () => ({ default: (await import('./features/application/index.ts')).ApplicationPage }));
const EditorPage = lazy(async () => ({ default: (await import('./features/editor/index.ts')).EditorPage }));
const DraftsPage = lazy(() => import('./features/drafts/DraftsPage.tsx'));
const SettingsPage = lazy(() => import('./features/settings/SettingsPage.tsx'));

/** The page of the place the window is at. */
export function Page() {
  const place = usePlace();
  return (
    <PageBoundary place={place}>
      <Suspense fallback={null}>
        <PageOf place={place} />
      </Suspense>
    </PageBoundary>
  );
}

function PageOf({ place }: { place: Place }): ReactNode {
  const scope = useScope((state) => state.scope);
  const starting = useScope((state) => state.starting);
  switch (place.page) {
    case 'drafts':
      return <DraftsPage />;
    case 'settings':
      return <SettingsPage />;
    case 'editor':
      return <EditorPage key={place.draftId} draftId={place.draftId} />;
    case 'welcome':
      return <WelcomePage />;
    case 'application':
      return <ApplicationPage reference={place.reference} {...(place.tab === undefined ? {} : { tab: place.tab })} />;
    case 'applications':
      if (starting) return null;
      return scope ? <ApplicationsPage scope={scope} onNew={() => void newApplication(scope)} /> : <WelcomePage />;
  }
}
