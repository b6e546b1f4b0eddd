import type { Phase } from '../../shared/spark/state.ts';

/** The seven ways a state looks; each has its colours in `theme/tokens.css` and its icon in `icons.tsx`. */
export type Hue = 'pending' | 'running' | 'finishing' | 'done' | 'failed' | 'suspended' | 'unknown';

interface Look {
  hue: Hue;
  word: string;
  /** A warning glyph beside the icon. */
  warns: boolean;
}

const LOOKS: Record<Phase, Look> = {
  new: { hue: 'pending', word: 'Pending', warns: false },
  starting: { hue: 'pending', word: 'Starting', warns: false },
  retrying: { hue: 'pending', word: 'Retrying', warns: false },
  running: { hue: 'running', word: 'Running', warns: false },
  degraded: { hue: 'running', word: 'Degraded', warns: true },
  finishing: { hue: 'finishing', word: 'Finishing', warns: false },
  succeeded: { hue: 'done', word: 'Done', warns: false },
  failed: { hue: 'failed', word: 'Failed', warns: false },
  suspended: { hue: 'suspended', word: 'Suspended', warns: false },
  unknown: { hue: 'unknown', word: 'Unknown', warns: false },
};

/** How a phase looks and what it is called. */
export function lookOf(phase: Phase): Look {
  return LOOKS[phase];
}

/** The CSS variable of a phase's ink: for text and icons, 4.5:1 on every ground. */
export function inkOf(phase: Phase): string {
  return `var(--state-${LOOKS[phase].hue})`;
}
