import type { Context, Post } from "rookery/plugin";
import { hubOf, ownHub } from "./hub-address.ts";
import type { settings } from "./settings.ts";

/** Starts telling of a post that appeared, changed or went; `posts` are it now and as it was. Private and unlisted ones are told to nobody. */
export async function announce(context: Context<typeof settings>, posts: readonly Post[]): Promise<void> {
  const shown = posts.filter(({ visibility }) => visibility === "public");
  if (shown.length === 0) return;
  // Our own subscribers are told whatever hub is named now: their leases last.
  await context.enqueue("distribute", {}, { key: "distribute" });
  if (hubOf(context) === ownHub(context)) return;
  const topics = new Set<string>();
  for (const post of shown) for (const url of (await context.call("topics.of", { post })) as string[]) topics.add(url);
  if (topics.size > 0) await context.enqueue("ping", { topics: [...topics], attempt: 1 });
}
