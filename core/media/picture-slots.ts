const atOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** Runs work that has a picture open. A picture of 50 million pixels takes 200 MB while it is, so only two are at a time, whoever brings them. */
export async function withPictureSlot<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** The library that reads and writes pictures: 20 MB of memory that an installation without uploads never needs. */
export async function pictures(): Promise<typeof import("sharp").default> {
  const { default: sharp } = await import("sharp");
  sharp.concurrency(1);
  return sharp;
}
