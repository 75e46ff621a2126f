import type { Redis, RedisOptions } from "ioredis";

/** The connections to Redis that BullMQ works with, held by us so that they can be cut when it cannot close them. */
export type RedisLines = {
  /** For giving commands: fails soon while Redis is away. */
  readonly impatient: Redis;
  /** For waiting for work: waits until Redis is back. */
  readonly patient: Redis;
  readonly areUp: boolean;
  /** Ends all of them at once, with what BullMQ made out of them. */
  cut(): void;
};

/** Opens them; `onError` hears of each vain attempt to connect, they try again every second. */
export async function openRedisLines(url: string, onError: (error: unknown) => void): Promise<RedisLines> {
  const { Redis } = await import("ioredis");
  const all: Redis[] = [];
  const keep = (line: Redis): Redis => {
    all.push(line.on("error", onError));
    // A BullMQ worker duplicates its connection for blocking commands, and forgets to listen to it while it closes.
    const duplicate = line.duplicate.bind(line);
    line.duplicate = (override?: Partial<RedisOptions>) => keep(duplicate(override));
    return line;
  };
  const shared = { connectTimeout: 3000, retryStrategy: () => 1000 };
  const impatient = keep(new Redis(url, { ...shared, maxRetriesPerRequest: 1 }));
  const patient = keep(new Redis(url, { ...shared, maxRetriesPerRequest: null }));
  return {
    impatient,
    patient,
    get areUp() {
      return all.every((line) => line.status === "ready");
    },
    cut() {
      for (const line of all) line.disconnect();
    },
  };
}
