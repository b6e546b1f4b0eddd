import type { Segment } from './timeline.ts';

/**
 * The application's segments with what its driver knows better: why it was SUBMITTED for so long (no node, no image), and what
 * an exit code meant (the pod was deleted). The operator writes nothing for the one and only the number for the other.
 */
export function toldByDriver(segments: readonly Segment[], driver: readonly Segment[]): Segment[] {
  return segments.map((segment) => {
    const sameAttempt = driver.filter(({ attempt }) => attempt === segment.attempt);
    if (segment.state === 'SUBMITTED') {
      const why = sameAttempt.findLast((told) => told.phase === 'starting' && told.why !== null)?.why ?? null;
      return segment.why === null && why !== null ? { ...segment, why } : segment;
    }
    const exit = /^exit \d+/.exec(segment.why ?? '')?.[0];
    const end = exit === undefined ? null : sameAttempt.at(-1);
    return end?.state === exit && end?.why ? { ...segment, why: end.why } : segment;
  });
}
