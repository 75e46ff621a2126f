/** What comes of a source until it ends or the signal is aborted; a source that never answers keeps nobody waiting. */
export async function* interruptible<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncIterable<T> {
  const steps = source[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      const step = await beforeAbort(() => steps.next(), signal);
      if (step.done) {
        isOver = true;
        return;
      }
      yield step.value;
    }
  } finally {
    // Not waited for: it may be stuck in the very step that took too long.
    if (!isOver) void Promise.resolve(steps.return?.()).catch(() => undefined);
  }
}

function beforeAbort<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", stop));
  });
}
