import type { Account, Interaction, Post, Verdict } from "rookery/plugin";
import type { ActionsWish, ItemAction, Spreading } from "../timeline/api.ts";
import { hostOf, isBlocked } from "./domains/domains.ts";
import { judge } from "./review/judge.ts";
import { wentOut } from "./review/judged.ts";
import { replyKey } from "./review/people.ts";
import { escape } from "./rows.ts";
import type { Own } from "./settings.ts";
import { inForce, isMarked } from "./standing.ts";

/** Whether something new, or changed, comes into timelines. */
export async function mayItSpread(context: Own, { key, accountId, url, kind, title, html }: Spreading) {
  if (accountId === "") {
    const isOut = await isBlocked(context, [hostOf(url)]);
    return isOut ? { refuse: "Nothing comes in from this domain." } : undefined;
  }
  // A reply that was judged where it stands is not judged once more, unless its author is limited.
  if (kind !== "post" && (await wentOut(context, accountId, url)) && !(await inForce(context, accountId)).has("limit"))
    return undefined;
  const all = title === "" ? html : `<p>${escape(title)}</p>${html}`;
  const judgement = await judge(context, { kind: "post", accountId, placeId: "", url, key, html: all });
  return judgement === "pass" ? undefined : { refuse: "This waits for a moderator." };
}

/** What becomes of a reply or mention: nothing from blocked domains; of people here who are limited, held or new it may wait. */
export async function moderate(context: Own, interaction: Interaction): Promise<Verdict | undefined> {
  const { accountId, sourceUrl, author, kind, html, blogId } = interaction;
  if (accountId === null && (await isBlocked(context, [hostOf(sourceUrl), hostOf(author.url)]))) return "reject";
  if (kind !== "reply" && kind !== "mention") return undefined;
  // A post on somebody's blog here that answers another blog is theirs as well.
  const from = accountId ?? (await context.blogAt(sourceUrl))?.ownerId;
  if (!from || from === context.blog.ownerId) return undefined;
  const judgement = await judge(context, {
    kind: "reply",
    accountId: from,
    placeId: blogId,
    url: sourceUrl,
    key: replyKey(blogId, sourceUrl),
    html,
  });
  return judgement === "pass" ? undefined : "hold";
}

/** A hidden post stays private for everybody, whatever its author wants. */
export async function keepHidden(context: Own, post: Post) {
  if (post.visibility === "private" || !(await isMarked(context, post.id, "hide"))) return undefined;
  const refuse = "Moderators hid this post; it stays private. You can appeal.";
  return { refuse: context.t("error.hidden") || refuse, key: "moderation.hidden", status: 403 };
}

/** A hidden reply stays hidden, whatever the people of the blog want. */
export async function keepReplyHidden(context: Own, { id, state }: Interaction): Promise<void> {
  if (state === "hidden" || !(await isMarked(context, id, "hide"))) return;
  await context.interactions.decide(id, "hidden");
}

/** What was marked as sensitive is folded behind a sentence. */
export async function folded(context: Own, html: string, post: Post): Promise<string> {
  if (!(await isMarked(context, post.id, "sensitive"))) return html;
  const sentence = context.t("sensitive.sentence", {}, post.language || undefined);
  return `<details><summary>${sentence}</summary>${html}</details>`;
}

/** Report and Moderate in the menu of an item. */
export function menuOf(context: Own, { item, accountId, role, language }: ActionsWish): readonly ItemAction[] {
  const link = (id: string, href: string, order: number) => ({ id, label: context.t(`menu.${id}`, {}, language), href, order });
  const isOwn = accountId !== null && item.author.sourceId === accountId;
  const mayReport = !isOwn && (accountId !== null || context.settings.visitors);
  return [
    ...(mayReport ? [link("report", `/report?number=${item.number}`, 90)] : []),
    ...(isOfTheDesk(role) ? [link("moderate", `/admin/moderation/about?number=${item.number}`, 95)] : []),
  ];
}

export const isOfTheDesk = (role: Account["role"] | null): boolean => role === "moderator" || role === "admin";
