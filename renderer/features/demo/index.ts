/** The demo cluster: how it is started, shown and played with. */
export { DemoBadge } from './DemoBadge.tsx';
export { DemoBanner } from './DemoBanner.tsx';
export { DemoDoor } from './DemoDoor.tsx';
export { demo } from './demo.ts';
export { useDemoActions } from './useDemoActions.ts';
