import { useEffect, useState } from 'react';

/** How long a person has waited: nothing is shown before 300 ms, a skeleton until 2 s, then a sentence as well. */
export type Waited = 'no time' | 'a moment' | 'long';

/** Counts from the first render of the component, so mount it when the wait begins. */
export function useWaited(): Waited {
  const [waited, setWaited] = useState<Waited>('no time');
  useEffect(() => {
    const moment = setTimeout(() => setWaited('a moment'), 300);
    const long = setTimeout(() => setWaited('long'), 2_000);
    return () => {
      clearTimeout(moment);
      clearTimeout(long);
    };
  }, []);
  return waited;
}
