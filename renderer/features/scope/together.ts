import type { Place, Scope } from '../shell/index.ts';
import type { ScopeStore } from './store.ts';

/** The window's moving about, as far as scope and page must agree. */
interface Moves {
  open(place: Place): void;
  present(): Place;
  subscribe(listener: (place: Place) => void): () => void;
}

/** True when the page shows an application that the scope leaves out. */
export function isOutside(place: Place, scope: Scope): boolean {
  if (place.page !== 'application') return false;
  const { context, namespace } = place.reference;
  return context !== scope.context || (scope.namespace !== null && namespace !== scope.namespace);
}

/**
 * Keeps header and page about the same cluster, until the returned function is called: another scope leaves the application that
 * is not in it, and going (back) to an application of another context takes its context along.
 */
export function keepTogether({ store, chooseContext }: Pick<ScopeStore, 'store' | 'chooseContext'>, moves: Moves): () => void {
  let taking = false;
  const ofScope = store.subscribe(({ scope }, before) => {
    if (taking || !scope || scope === before.scope) return;
    if (isOutside(moves.present(), scope)) moves.open({ page: 'applications' });
  });
  const ofMoves = moves.subscribe((place) => {
    if (place.page !== 'application' || store.getState().scope?.context === place.reference.context) return;
    taking = true;
    chooseContext(place.reference.context);
    taking = false;
  });
  return () => {
    ofScope();
    ofMoves();
  };
}
