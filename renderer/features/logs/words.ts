import type { LogCounts } from '../../../shared/contract/logs.ts';
import { visible } from '../../../shared/visible.ts';

/** Why no line is shown. */
export function nothingWords({ kept, sources, application, freshness }: LogCounts): string {
  if (kept > 0) return 'No line passes the filter.';
  const waiting = sources.find(({ state }) => state.state === 'waiting');
  if (waiting?.state.state === 'waiting')
    return `The log of ${visible(waiting.pod)} cannot be read now; it is tried again by itself.`;
  const pending = sources.find(({ state }) => state.state === 'pending');
  if (pending?.state.state === 'pending') {
    return `${visible(pending.pod)} has not started${pending.state.why === null ? '' : `: ${visible(pending.state.why)}`}. Its log appears here by itself.`;
  }
  if (sources.some(({ state }) => state.state !== 'ended')) return 'The containers have written nothing so far.';
  if (sources.length > 0) return 'The containers ended without a line, or their logs went with their pods.';
  if (application === 'loading' || freshness.state === 'loading') return 'Looking for the pods of this application.';
  return 'There are no pods of this application. Kubernetes keeps a log only as long as its pod; the next run is shown as it begins.';
}

/** A view of a log in one line: how much is shown and kept, and what is under way. */
export function statusWords({ size, kept, forgotten, progress, sources }: LogCounts): string {
  const number = (value: number) => value.toLocaleString('en');
  const broken = sources.filter(({ state }) => state.state === 'waiting').length;
  const parts = [
    progress === null ? null : `looking through the log: ${Math.round(progress * 100)} %`,
    size === kept ? `${number(kept)} ${kept === 1 ? 'line' : 'lines'}` : `${number(size)} of ${number(kept)} lines`,
    forgotten === 0 ? null : `${number(forgotten)} older ones are not kept`,
    broken === 0 ? null : `${broken} of ${sources.length} interrupted, tried again by itself`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
