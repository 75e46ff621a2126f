import type { Account } from "rookery/plugin";
import { isOfTheDesk } from "./guards.ts";
import { waiting } from "./reports/cases.ts";
import type { Own } from "./settings.ts";

/** What waits for moderators, in words, on their start page. Nothing for others, and when nothing waits. */
export async function cards(context: Own, { role }: Account) {
  const n = isOfTheDesk(role) ? await waiting(context) : 0;
  if (n === 0) return [];
  const text = n > 40 ? context.t("card.many") : context.t("card.text", { n });
  return [{ id: "moderation", title: context.t("card.title"), text, href: "/admin/moderation" }];
}
