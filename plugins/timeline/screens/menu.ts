import type { Item, ItemAction } from "../api.ts";
import type { Request } from "./request.ts";

const safe = /^(\/(?![/\\])|https?:\/\/)/;
const [most, usual] = [20, 50] as const;

/** The menu of an item: what plugins can do with it, then muting whoever said it. A reply stands beside it. */
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

function ownActions({ account, at, context }: Request, { author }: Item): readonly ItemAction[] {
  if (!account || author.sourceId === account.id || author.handle === "") return [];
  const to = (kind: string) => `${at("/muted")}?kind=${kind}&value=${encodeURIComponent(author.handle)}`;
  const name = author.name || author.handle;
  return [
    { id: "mute", label: context.t("item.mute", { name }), href: to("person"), order: 80 },
    { id: "block", label: context.t("item.block", { name }), href: to("block"), order: 90 },
  ];
}
