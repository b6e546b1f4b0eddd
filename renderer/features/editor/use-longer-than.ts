import { useEffect, useState } from 'react';

/** True once `milliseconds` have passed since `since` (epoch milliseconds); never while it is null. */
export function useLongerThan(since: number | null, milliseconds: number): boolean {
  const [passed, setPassed] = useState<number | null>(null);
  useEffect(() => {
    if (since === null) return;
    const timer = setTimeout(() => setPassed(since), Math.max(0, since + milliseconds - Date.now()));
    return () => clearTimeout(timer);
  }, [since, milliseconds]);
  return since !== null && passed === since;
}
