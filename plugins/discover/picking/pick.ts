import { PublicError, ulid, type Context } from "rookery/plugin";
import { note, pickersSince, type Actor } from "../log.ts";
import { markOf, mustBeAsRead } from "../reading/mark.ts";
import { baseOf } from "../topics/topics.ts";
import { candidateOf } from "./candidate.ts";
import { pickOfItem, type Pick } from "./picks.ts";
import { showDue, showLater } from "./show-due.ts";
import { checked, type PickWish } from "./wish.ts";

/**
 * Picks a post, now or for later. A curator's own waits for a second one. PublicError 404, 409 or 422 says what stands against it.
 * The pick is one row, so that it is there whole or not at all.
 */
export async function pick(context: Context, by: Actor, number: number, wish: PickWish): Promise<Pick> {
  const { tables, clock } = context;
  const { item, post, blog } = await candidateOf(context, number);
  mustBeAsRead(post, wish.seen ?? "");
  const { topics, note: why, showAt } = await checked(context, wish, post);
  if (await pickOfItem(context, number)) throw new PublicError("picked", "This post is picked already.", 409);
  await note(context, by, { action: "pick", subject: item.url, aboutId: post.authorId, reason: why });
  const now = clock.now();
  const row = {
    id: ulid(now.getTime()),
    blog_id: post.blogId,
    number: 0,
    item: number,
    post_id: post.id,
    author_id: post.authorId,
    language: baseOf(post.language || blog.language),
    topics: JSON.stringify(topics),
    note: why,
    state: post.authorId === by.id ? "second" : "due",
    mark: markOf(post),
    show_at: showAt,
    picked_by: by.id,
    picked_at: now.toISOString(),
    seconded_by: "",
  };
  const names = Object.keys(row);
  const sql = `INSERT INTO p_discover_picks (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
  const failure = await tables.run(sql, Object.values(row)).then(
    () => null,
    (error: unknown) => error,
  );
  const made = await pickOfItem(context, number);
  if (!made) throw failure;
  if (made.id !== row.id) throw new PublicError("picked", "This post is picked already.", 409);
  await tables.run("DELETE FROM p_discover_skips WHERE item = ?", [number]);
  if (made.state === "second") await askForSecond(context, made);
  else await appear(context, made);
  return made;
}

// Those who pick here anyway, and still may.
async function askForSecond(context: Context, { id, pickedBy }: Pick): Promise<void> {
  const since = new Date(context.clock.now().getTime() - 90 * 86_400_000).toISOString();
  for (const one of await pickersSince(context, since)) {
    const account = one === pickedBy ? null : await context.accounts.byId(one);
    if (account && account.role !== "member")
      await context.notify(one, {
        kind: "discover",
        key: "notice.second",
        url: "/admin/discover?tab=picked",
        subject: `second ${id}`,
      });
  }
}

/** Shows what is due, and sees to it that a later one is not forgotten. */
export async function appear(context: Context, { showAt }: { readonly showAt: string }): Promise<void> {
  if (showAt > context.clock.now().toISOString()) await showLater(context, showAt);
  else await showDue(context);
}
