import type { Account, Post } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { mentionedIn } from "./mentions.ts";

const quoted = 140;

/**
 * Tells people here that a new post names them, once for each post; a change of it changes that, and tells nobody anew. Who is answered hears of it as of every reply; of what moderators keep back nobody
 * hears.
 */
export async function tellNamed(
  context: Own,
  post: Post,
  said: { author: Account; number: number; text: string; answered: readonly string[]; isChange: boolean },
) {
  const { author, number, text, answered, isChange } = said;
  const [item] = await context.tables.query<{ state: string }>("SELECT state FROM p_timeline_items WHERE number = ?", [number]);
  if (item?.state !== "shown") return;
  const words = text.length > quoted ? `${text.slice(0, quoted).toWellFormed()}…` : text;
  const name = author.name || author.username;
  const from = { name, url: `${context.site.url}/people/${author.username}`, avatar: author.photo };
  const named = (await mentionedIn(context, text, author.id)).filter((id) => !answered.includes(id));
  for (const id of named)
    await context.notify(id, {
      kind: "mention",
      key: "told.named",
      values: { name, words },
      url: `/c/${number}`,
      subject: post.id,
      from,
      ...(isChange && { isChange }),
    });
  if (isChange) await untellNamed(context, post.id, named);
}

/** Takes it back from all but these: the post is gone, is not for others any more, or names them no longer. */
export async function untellNamed(context: Own, postId: string, except: readonly string[] = []): Promise<void> {
  await context.unnotify({ kind: "mention", subject: postId, except });
}
