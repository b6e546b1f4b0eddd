/**
 * Turns a subscription into the values of a stream. Values that come faster than they are taken are folded into one by `fold`
 * (by default the newest wins), and at most one leaves every `interval` milliseconds, so a busy cluster never floods the window.
 * Ends when `signal` aborts; the subscription is then disposed.
 */
export async function* latest<Value>(
  open: (push: (value: Value) => void) => () => void,
  signal: AbortSignal | undefined,
  { fold = (_before: Value, after: Value) => after, interval = 0 } = {},
): AsyncGenerator<Value, void, void> {
  let pending: { value: Value } | null = null;
  let wake = () => {};
  const close = open((value) => {
    pending = { value: pending === null ? value : fold(pending.value, value) };
    wake();
  });
  const aborted = () => wake();
  signal?.addEventListener('abort', aborted);
  try {
    while (!signal?.aborted) {
      if (pending === null) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const { value } = pending as { value: Value };
      pending = null;
      yield value;
      if (interval > 0) await new Promise((resolve) => setTimeout(resolve, interval));
    }
  } finally {
    signal?.removeEventListener('abort', aborted);
    close();
  }
}
