import { create } from 'zustand';
import type { Failure } from '../../shared/failure.ts';

/** A passing word about something the person did: a plain sentence, or what went wrong with it. */
export type Notice = { id: number } & ({ tone: 'done'; text: string } | { tone: 'failed'; text: string; failure: Failure });

type NewNotice = { tone: 'done'; text: string } | { tone: 'failed'; text: string; failure: Failure };

const SHOWN_FOR = 4_000;
let count = 0;

export const useNotices = create<{ notices: readonly Notice[] }>(() => ({ notices: [] }));

/** Takes a notice away. */
export function dismissNotice(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** Shows a notice in the corner. Good news goes by itself; what failed stays until it is put away. */
export function showNotice(notice: NewNotice): void {
  count += 1;
  const id = count;
  useNotices.setState(({ notices }) => ({ notices: [...notices, { ...notice, id }].slice(-4) }));
  if (notice.tone === 'done') setTimeout(() => dismissNotice(id), SHOWN_FOR);
}
