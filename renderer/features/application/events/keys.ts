import type { Mark } from '../../../../shared/timeline/timeline.ts';

/** Each mark with a key that stays its own while others come and go; equal marks are numbered. */
export function keysOf(marks: readonly Mark[]): { key: string; mark: Mark }[] {
  const seen = new Map<string, number>();
  return marks.map((mark) => {
    const base = `${mark.at} ${mark.about} ${mark.reason}`;
    const number = seen.get(base) ?? 0;
    seen.set(base, number + 1);
    return { key: `${base} ${number}`, mark };
  });
}
