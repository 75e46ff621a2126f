import type { PluginScreenRequest, Reply, ScreenView } from "rookery/plugin";
import { knownLinks } from "./profile-links.ts";

/** The person's profiles elsewhere, each with what is known of it. */
export async function showLinks({ account, context, at }: PluginScreenRequest): Promise<ScreenView> {
  const known = await knownLinks(context, account!.id);
  const person = await context.accounts.byId(account!.id);
  const blogs = (await context.identity.blogsOf(account!.id)).filter(({ role }) => role === "owner").map(({ blog }) => blog.url);
  const rows = (person?.links ?? []).map(({ label, url }) => ({ label, url, ...(known.get(url) ?? { state: "waiting" }) }));
  return { template: "profile-links", data: { rows, blogs, action: at("/profile-links/check") } };
}

/** Looks at them again, soon. */
export async function askAgain({ account, context, redirect, form }: PluginScreenRequest): Promise<Reply> {
  await form();
  await context.limit(`check ${account!.id}`, { times: 5, seconds: 600 });
  await context.enqueue("check", { accountId: account!.id }, { key: account!.id });
  return redirect("/profile-links", context.t("screen.asked"));
}
