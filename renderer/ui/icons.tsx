import type { ReactNode } from 'react';
import type { Hue } from './phase.ts';

/** Our own icons on a 16-unit grid, drawn in the colour of the text around them. They say nothing to a screen reader. */
const DRAWINGS = {
  pending: <path d="M4.5 2.5h7M4.5 13.5h7M5.5 2.5v2.2L8 8l2.5-3.3V2.5M5.5 13.5v-2.2L8 8l2.5 3.3v2.2" />,
  running: <circle cx="8" cy="8" r="4.5" fill="currentColor" stroke="none" />,
  finishing: (
    <>
      <circle cx="8" cy="8" r="4.7" />
      <path d="M8 3.3a4.7 4.7 0 0 0 0 9.4z" fill="currentColor" stroke="none" />
    </>
  ),
  done: <path d="m3.2 8.4 3.2 3.2 6.4-7" />,
  failed: <path d="m4 4 8 8m0-8-8 8" />,
  suspended: <path d="M5.8 3.8v8.4m4.4-8.4v8.4" strokeWidth="2" />,
  unknown: <path d="M5.6 6a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2.9-1.2 1.7M8 12.4v.1" />,
  warning: <path d="M8 2.6 14 13H2zM8 6.6v3M8 11.3v.1" />,
  applications: <path d="M2.5 3.5h11v9h-11zM2.5 6.5h11M6 6.5v6" />,
  drafts: <path d="m3 13 .6-2.8 7-7 2.2 2.2-7 7zM9.2 4.6l2.2 2.2" />,
  settings: (
    <>
      <path d="M2.5 5h5M11 5h2.5M2.5 11H5M8.5 11h5" />
      <circle cx="9.2" cy="5" r="1.7" />
      <circle cx="6.8" cy="11" r="1.7" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4" />
      <path d="m10 10 3.4 3.4" />
    </>
  ),
  down: <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />,
  back: <path d="M9.5 4 5.5 8l4 4" />,
  forward: <path d="m6.5 4 4 4-4 4" />,
  ascending: <path d="m5 9.5 3-3 3 3" />,
  descending: <path d="m5 6.5 3 3 3-3" />,
  more: (
    <g fill="currentColor" stroke="none">
      <circle cx="3.5" cy="8" r="1.2" />
      <circle cx="8" cy="8" r="1.2" />
      <circle cx="12.5" cy="8" r="1.2" />
    </g>
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  copy: <path d="M5.5 5.5h7v8h-7zM3.5 10.5v-8h7" />,
  file: <path d="M4 2.5h5l3 3v8H4zM9 2.5v3h3" />,
  shell: <path d="M2.5 3h11v10h-11zM5 6l2 2-2 2M8.5 10.5H11" />,
  close: <path d="m4.5 4.5 7 7m0-7-7 7" />,
  cluster: <path d="m8 2 5.2 3v6L8 14l-5.2-3V5zM8 8l5.2-3M8 8v6M8 8 2.8 5" />,
} as const satisfies Record<Hue, ReactNode> & Record<string, ReactNode>;

export type IconName = keyof typeof DRAWINGS;

/** An icon as large as the text beside it unless `size` (pixels) says otherwise. */
export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string | undefined }) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {DRAWINGS[name]}
    </svg>
  );
}
