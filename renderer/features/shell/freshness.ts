import { useEffect } from 'react';
import { create } from 'zustand';
import type { Freshness } from '../../../shared/contract/freshness.ts';

const useShown = create<{ freshness: Freshness | null }>(() => ({ freshness: null }));

/** Tells the header how fresh the data on this page is; a page without cluster data calls nothing. */
export function useShowFreshness(freshness: Freshness | null): void {
  useEffect(() => {
    useShown.setState({ freshness });
    return () => useShown.setState({ freshness: null });
  }, [freshness]);
}

/** Freshness of the page on screen, or null when it shows nothing of a cluster. */
export function useShownFreshness(): Freshness | null {
  return useShown((shown) => shown.freshness);
}
