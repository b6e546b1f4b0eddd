/** Index of the last item that `is` is true for, of a list in which those come first; -1 where there is none. */
export function lastIndexWhere<Item>(items: readonly Item[], is: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && is(item)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
