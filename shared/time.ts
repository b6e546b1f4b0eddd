/**
 * Epoch milliseconds of a Kubernetes time (RFC 3339), or null when the text is absent or no time.
 * Kubernetes writes whole seconds rounded down in most places (`metav1.Time`), microseconds in events (`metav1.MicroTime`).
 */
export function parseTime(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  // biome-ignore lint/style/noRestrictedGlobals: parsing a given text reads no clock.
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
