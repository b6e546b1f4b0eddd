/** What can be done now, and the palette that lists it. */
export { type Action, enabledActions, useActions, useEnabledActions } from './actions.ts';
export { Palette } from './Palette.tsx';
export { byGroup } from './rank.ts';
export { SearchBox } from './SearchBox.tsx';
