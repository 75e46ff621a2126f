import { isOfTheDesk } from "./guards.ts";
import { waiting } from "./reports/cases.ts";
import type { Own } from "./settings.ts";

/** What waits for moderators, in words, on the start page of whoever has a blog and is one. Nothing when nothing waits. */
export async function cards(context: Own) {
  const owner = await context.accounts.byId(context.blog.ownerId);
  const n = isOfTheDesk(owner?.role ?? null) ? await waiting(context) : 0;
  if (n === 0) return [];
  const text = n > 40 ? context.t("card.many") : context.t("card.text", { n });
  return [{ id: "moderation", title: context.t("card.title"), text, href: "/admin/moderation" }];
}
