import { isUlid, PublicError, ulid } from "rookery/plugin";
import type { Own } from "./own.ts";
import { tidy } from "./text/read-text.ts";

/** What somebody sent whose session was over, until they are signed in again; `place` is the page with the form. */
type Unsent = { readonly accountId: string; readonly place: string; readonly text: string };

const day = 86_400_000;
const [handful, most] = [200, 20_000];
const often = { address: { times: 20, seconds: 3_600 }, all: { times: 500, seconds: 3_600 } } as const;

const shelf = (context: Own) => context.collection<Unsent>("unsent");

/** Keeps words for a day, for one account only, whoever brings them; gives the key by which they are found. PublicError 429 for a flood. */
export async function keepUnsent(context: Own, wish: Unsent & { readonly address: string }): Promise<string> {
  const { address, ...unsent } = wish;
  await context.limit(`unsent ${address}`, often.address);
  await context.limit("unsent", often.all);
  const key = ulid(context.clock.now().getTime());
  await shelf(context).put(key, { ...unsent, text: tidy(unsent.text) });
  return key;
}

/** The words under a key, for whom they are from and where they were written; empty for anybody and anything else. */
export async function unsentText(context: Own, key: string, { accountId, place }: Omit<Unsent, "text">): Promise<string> {
  const found = isUlid(key) ? await shelf(context).get(key) : null;
  return found?.accountId === accountId && found.place === place ? found.text : "";
}

/** Forgets words that are kept elsewhere now. */
export async function dropUnsent(context: Own, key: string): Promise<void> {
  if (isUlid(key)) await shelf(context).delete(key);
}

/** Forgets what nobody came back for within a day. */
export async function dropOldUnsent(context: Own): Promise<void> {
  const before = ulid(context.clock.now().getTime() - day);
  for (let left = most; left > 0; left -= handful) {
    const old = (await shelf(context).find({}, { limit: handful })).filter(({ id }) => id < before);
    for (const { id } of old) await shelf(context).delete(id);
    if (old.length < handful) return;
  }
}

/** Forgets all of an account. */
export async function eraseUnsent(context: Own, accountId: string): Promise<void> {
  for (const { id } of await shelf(context).find({ accountId }, { limit: 1_000 })) await shelf(context).delete(id);
}

/** What is said where it cannot be kept. */
export const stillInBrowser = (): PublicError =>
  new PublicError("unsent", "Sign in in another tab, then send this form again: go back, your text is still there.", 401);
