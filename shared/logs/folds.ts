import { type BookLine, inOrder, type LogBook } from './book.ts';
import { lastIndexWhere } from './sorted.ts';

/** How many lines continue `head`; they stand behind it. 0 for a line that is not in the book any more. */
export function continuedBy(book: LogBook, head: BookLine): number {
  const pages = book.pages();
  const start = lastIndexWhere(pages, ([first]) => first !== undefined && inOrder(first, head) <= 0);
  if (start === -1) return 0;
  let next = lastIndexWhere(pages[start] ?? [], (line) => inOrder(line, head) <= 0) + 1;
  let count = 0;
  for (const page of pages.slice(start)) {
    while (page[next]?.head === head.id) {
      count += 1;
      next += 1;
    }
    if (next < page.length) break;
    next = 0;
  }
  return count;
}
