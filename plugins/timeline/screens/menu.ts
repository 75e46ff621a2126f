import type { Item, ItemAction } from "../api.ts";
import type { Request } from "./request.ts";

const safe = /^(\/(?![/\\])|https?:\/\/)/;
const [most, usual] = [20, 50] as const;

/** The menu of an item: what plugins can do with it, editing one's own, keeping it, muting whoever said it. A reply stands beside it. */
export async function menuOf(request: Request, item: Item) {
  const { account, context, language } = request;
  const asked = { item, accountId: account?.id ?? null, role: account?.role ?? null, language };
  const offered = (await context.call("timeline.actions", asked)) as readonly ItemAction[];
  const all = [...offered.filter(isSound), ...ownActions(request, item)].slice(0, most);
  const sorted = all.toSorted((a, b) => (a.order ?? usual) - (b.order ?? usual));
  return { reply: sorted.find(({ id }) => id === "reply") ?? null, menu: sorted.filter(({ id }) => id !== "reply") };
}

function isSound({ id, label, href }: ItemAction): boolean {
  return [id, label, href].every((text) => typeof text === "string" && text !== "") && safe.test(href);
}

const bookmarks = "bookmarks.store" as never;

function ownActions({ account, at, context }: Request, item: Item): readonly ItemAction[] {
  const { author, blogId, id, kind, title, url } = item;
  if (!account) return [];
  const canKeep = url !== "" && context.services(bookmarks).length > 0;
  const keep = { id: "bookmark", label: context.t("item.bookmark"), order: 40 };
  const query = new URLSearchParams({ url, title });
  const kept = canKeep ? [{ ...keep, href: `/bookmarks/new?${query}` }] : [];
  if (author.sourceId === account.id) {
    if (kind !== "post" || blogId === "") return kept;
    const href = `/b/${new URL(url).hostname}/posts/${id}/edit`;
    return [{ id: "edit", label: context.t("item.edit"), href, order: 20 }, ...kept];
  }
  if (author.handle === "") return kept;
  const to = (muted: string) => `${at("/muted")}?kind=${muted}&value=${encodeURIComponent(author.handle)}`;
  const name = author.name || author.handle;
  return [
    ...kept,
    { id: "mute", label: context.t("item.mute", { name }), href: to("person"), order: 80 },
    { id: "block", label: context.t("item.block", { name }), href: to("block"), order: 90 },
  ];
}
