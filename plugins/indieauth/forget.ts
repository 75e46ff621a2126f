import type { OwnContext } from "./own-context.ts";

type Kept = { readonly until: string };

// Whatever is kept is good for a week at most; a day more for the pages that show it.
const after = { days: 8, hours: 1 } as const;
const grace = 86_400_000;
const some = 50;

/**
 * Has what is kept of clients and their logos looked through once its time is over. It is the installation's, as the question is, and
 * jobs that come round by themselves are a blog's: so each day on which something is kept asks for one of its own.
 */
export async function forgetLater(context: OwnContext): Promise<void> {
  const day = context.clock.now().toISOString().slice(0, 10);
  await context.enqueue("forget", null, { key: `forget ${day}`, in: after });
}

/** Forgets what is known of clients, and logos, whose time is over: nothing reads them any more. */
export async function forgetOver(context: OwnContext): Promise<void> {
  const over = new Date(context.clock.now().getTime() - grace).toISOString();
  for (const name of ["clients", "logos"] as const) {
    const all = context.collection<Kept>(name);
    for (let last: string | undefined, isMore = true; isMore;) {
      const page = await all.find({}, { limit: some, ...(last !== undefined && { after: last }) });
      for (const { id, value } of page) if (value.until < over) await all.delete(id);
      last = page.at(-1)?.id;
      isMore = page.length === some;
    }
  }
}
