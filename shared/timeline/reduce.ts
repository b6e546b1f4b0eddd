/**
 * From observations to a timeline, without a clock: `emptyTimelineState` → `observe` (or `observeAll`) for each change that
 * arrives → `timelineOf` whenever it is to be drawn.
 */
export type { ObservationType } from './instant.ts';
export { emptyTimelineState, type Observation, observe, observeAll } from './observe.ts';
export { timelineOf } from './timeline-of.ts';
