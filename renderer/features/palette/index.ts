/** What can be done now, and the palette that lists it. */
export { type Action, enabledActions, registerActions, useActions, useEnabledActions } from './actions.ts';
