/** Where a key leads from the focused cell: along its lane, to the nearest cell of the lane above or below, to an end of the lane. */
export function moveFocus(grid: HTMLElement, key: string): boolean {
  if (!['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key)) return false;
  const rows = [...grid.querySelectorAll<HTMLElement>('[data-kind]')]
    .map((row) => [...row.querySelectorAll<HTMLElement>('[data-point]')])
    .filter((cells) => cells.length > 0);
  const active = document.activeElement;
  const row = rows.findIndex((cells) => cells.some((cell) => cell === active));
  const cells = rows[row];
  if (!cells) {
    rows[0]?.at(-1)?.focus();
    return true;
  }
  const place = active instanceof HTMLElement ? cells.indexOf(active) : -1;
  targetOf(rows, row, place, key)?.focus();
  return true;
}

function targetOf(rows: HTMLElement[][], row: number, place: number, key: string): HTMLElement | undefined {
  const cells = rows[row] ?? [];
  switch (key) {
    case 'ArrowLeft':
      return cells[Math.max(place - 1, 0)];
    case 'ArrowRight':
      return cells[place + 1];
    case 'Home':
      return cells[0];
    case 'End':
      return cells.at(-1);
    default:
      return nearest(rows[row + (key === 'ArrowDown' ? 1 : -1)] ?? [], cells[place]);
  }
}

function nearest(cells: HTMLElement[], from: HTMLElement | undefined): HTMLElement | undefined {
  const middle = from ? from.offsetLeft + from.offsetWidth / 2 : 0;
  const distance = (cell: HTMLElement) => Math.max(cell.offsetLeft - middle, middle - cell.offsetLeft - cell.offsetWidth, 0);
  return cells.reduce<HTMLElement | undefined>(
    (best, cell) => (best === undefined || distance(cell) < distance(best) ? cell : best),
    undefined,
  );
}
