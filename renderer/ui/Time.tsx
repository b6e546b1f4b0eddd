import { createContext, useContext } from 'react';
import { useNow } from './clock.ts';
import { formatAge, formatDuration, formatExact, formatRelative } from './time.ts';

interface MomentProps {
  /** Epoch milliseconds. */
  at: number;
  className?: string | undefined;
}

/** "4 m ago", counted on, of what has happened: not in the future, however far a cluster's clock is ahead. Exact on hover, with its zone. */
export function Time({ at, className }: MomentProps) {
  const now = useNow();
  return (
    <time className={className} dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {formatRelative(Math.min(at, now), now)}
    </time>
  );
}

/** "4 m", counted on: the age of what came to be at that time. */
export function Age({ at, className }: MomentProps) {
  const now = useNow();
  return (
    <time className={className} dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {formatAge(now - at)}
    </time>
  );
}

/** Since when nothing new is known of what stands inside, epoch milliseconds; null while it is live. Durations stop there. */
export const StoppedAt = createContext<number | null>(null);

/** "4 m 12 s" from one time to another, or up to now and counted on while `to` is null. */
export function Duration({ from, to, className }: { from: number; to: number | null; className?: string | undefined }) {
  return to === null ? <Running from={from} className={className} /> : <Ended from={from} to={to} className={className} />;
}

function Running({ from, className }: { from: number; className: string | undefined }) {
  const clock = useNow();
  const now = useContext(StoppedAt) ?? clock;
  return (
    <span className={className} title={`since ${formatExact(from)}`}>
      {formatDuration(now - from)}
    </span>
  );
}

function Ended({ from, to, className }: { from: number; to: number; className: string | undefined }) {
  return (
    <span className={className} title={`${formatExact(from)} to ${formatExact(to)}`}>
      {formatDuration(to - from)}
    </span>
  );
}
