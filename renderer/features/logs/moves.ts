/** By how many lines a key moves the chosen one; infinite for the ends, null for a key that moves nothing. `page`: lines on screen. */
export function moveOf(
  { key, ctrlKey, metaKey, altKey }: Record<'ctrlKey' | 'metaKey' | 'altKey', boolean> & { key: string },
  page: number,
): number | null {
  if (ctrlKey || metaKey || altKey) return null;
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return 1;
    case 'ArrowUp':
    case 'k':
      return -1;
    case 'PageDown':
      return page;
    case 'PageUp':
      return -page;
    case 'Home':
      return Number.NEGATIVE_INFINITY;
    case 'End':
      return Number.POSITIVE_INFINITY;
    default:
      return null;
  }
}
