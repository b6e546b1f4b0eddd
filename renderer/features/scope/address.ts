import type { Action } from '../palette/index.ts';
import { formatAddress, navigation, parseAddress } from '../shell/index.ts';
import { scope } from './scope.ts';

/** Address of the page on screen, `emberdeck://context/namespace/kind/name?tab=`. */
export function presentAddress(): string {
  return formatAddress(navigation.present(), scope.store.getState().scope);
}

/** The way to the place that a typed or pasted address names, as an action; none when the text is no address of ours. */
export function actionsOfAddress(text: string): Action[] {
  const found = parseAddress(text.trim());
  if (!found) return [];
  const { place, scope: named } = found;
  const run = () => {
    if (named) scope.chooseContext(named.context);
    if (named && place.page === 'applications') scope.chooseNamespace(named.namespace);
    navigation.open(place);
  };
  return [{ id: 'address.open', title: `Open ${text.trim()}`, group: 'Address', run }];
}
