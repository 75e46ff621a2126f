import { plainText, type Context, type CopyResult, type Post } from "rookery/plugin";
import type { Account } from "./accounts.ts";

/** One try to make, change or remove a copy. */
export type Delivery = {
  readonly at: string;
  readonly what: "send" | "update" | "remove";
  readonly state: CopyResult["state"];
  /** Service and account, as they were called then. */
  readonly name: string;
  readonly postId: string;
  readonly title: string;
  readonly url: string;
  readonly reason: string;
};

const most = 200;

/** The last tries of a blog, the newest first. */
export async function deliveries(context: Context): Promise<readonly Delivery[]> {
  return (await context.collection<readonly Delivery[]>("log").get("last")) ?? [];
}

/** Notes what became of a try; the last 200 of a blog are kept. */
export async function noteDelivery(
  context: Context,
  what: Delivery["what"],
  { account, post }: { readonly account: Account; readonly post: Post },
  result: CopyResult,
): Promise<void> {
  const entry: Delivery = {
    at: context.clock.now().toISOString(),
    what,
    state: result.state,
    name: `${account.service} ${account.name}`.slice(0, 120),
    postId: post.id,
    title: (post.title || plainText(post.html)).replace(/\s+/g, " ").trim().slice(0, 80).toWellFormed(),
    url: result.state === "sent" ? (result.url ?? "").slice(0, 500) : "",
    reason: result.state === "sent" ? "" : result.reason.slice(0, 300).toWellFormed(),
  };
  await context.collection<readonly Delivery[]>("log").update("last", (before) => [entry, ...(before ?? [])].slice(0, most));
}
