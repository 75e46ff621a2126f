import type { Account, Post } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { mentionedIn } from "./mentions.ts";

const quoted = 140;

/**
 * Tells people here that a new post names them, once for each post. Who is answered hears of it as of every reply; of what moderators keep back nobody
 * hears.
 */
export async function tellNamed(
  context: Own,
  post: Post,
  said: { author: Account; number: number; text: string; answered: readonly string[] },
) {
  const { author, number, text, answered } = said;
  const [item] = await context.tables.query<{ state: string }>("SELECT state FROM p_timeline_items WHERE number = ?", [number]);
  if (item?.state !== "shown") return;
  const words = text.length > quoted ? `${text.slice(0, quoted).toWellFormed()}…` : text;
  const name = author.name || author.username;
  const from = { name, url: `${context.site.url}/people/${author.username}`, avatar: author.photo };
  for (const id of await mentionedIn(context, text, author.id))
    if (!answered.includes(id))
      await context.notify(id, {
        kind: "mention",
        key: "told.named",
        values: { name, words },
        url: `/c/${number}`,
        subject: post.id,
        from,
      });
}
