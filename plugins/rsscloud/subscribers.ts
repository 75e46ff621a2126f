import { createHash } from "node:crypto";
import type { Context } from "rookery/plugin";

/** A reader that is told of one feed until `endsAt`. */
export type Subscriber = {
  /** Hash of the feed's address, by which it is found. */
  readonly feed: string;
  readonly url: string;
  readonly callback: string;
  readonly endsAt: string;
  readonly failures: number;
};

/** A day, and an hour to come back in. */
const lasts = 25 * 3_600_000;

/** SHA-256 in hexadecimal. */
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Where subscribers of the context's blog are kept. */
export const subscribers = (context: Context) => context.collection<Subscriber>("subscribers");

/** Keeps a reader, or keeps it for another 25 hours. */
export async function keep(context: Context, url: string, callback: string): Promise<void> {
  const endsAt = new Date(context.clock.now().getTime() + lasts).toISOString();
  await subscribers(context).put(hashOf(`${url}\n${callback}`), { feed: hashOf(url), url, callback, endsAt, failures: 0 });
}

/** Whether a reader's time is over. */
export const isOver = (context: Context, { endsAt }: Subscriber): boolean => endsAt <= context.clock.now().toISOString();

/** Forgets those whose time is over. */
export async function endOver(context: Context): Promise<void> {
  for (let after = ""; ;) {
    const page = await subscribers(context).find({}, { limit: 200, ...(after && { after }) });
    for (const { id, value } of page) if (isOver(context, value)) await subscribers(context).delete(id);
    if (page.length < 200) return;
    after = page.at(-1)!.id;
  }
}
