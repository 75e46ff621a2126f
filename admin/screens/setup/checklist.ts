import { defaultHost } from "../../../core/blogs/blog.ts";
import { listTargets } from "../../../core/host/targets/list-targets.ts";
import { changeProfile } from "../../../core/people/profile.ts";
import type { OnBlog } from "../../on-blog.ts";
import { signedIn, type AdminRequest } from "../../request.ts";

/** One thing to do after the first run. */
export type ChecklistItem = { readonly href: string; readonly label: string; readonly isDone: boolean };

/** What is left to do for whoever has just begun; null for who said not to be shown it, and who does not own the blog. */
export async function checklistOf(request: AdminRequest, place: OnBlog): Promise<readonly ChecklistItem[] | null> {
  const { house, t } = request;
  const account = signedIn(request);
  if (request.preference("checklist") === "hidden" || place.blog.ownerId !== account.id) return null;
  const ownName = defaultHost("", house.site);
  const items: ChecklistItem[] = [
    { href: "/account", label: t("setup.list-photo"), isDone: Boolean(account.photo) },
    { href: place.at("/settings/domain"), label: t("setup.list-domain"), isDone: !place.blog.host.endsWith(ownName) },
    { href: serviceScreen(request, place), label: t("setup.list-service"), isDone: (await listTargets(place.scope)).length > 0 },
  ];
  if (account.role === "admin")
    items.push({ href: "/admin/people#invitations", label: t("setup.list-invite"), isDone: await isSomebodyElseHere(request) });
  return items;
}

/** Takes the list away for good. */
export async function dismissChecklist(request: AdminRequest) {
  const { house, scope } = request;
  const { id } = signedIn(request);
  await house.storage.write((db) => changeProfile(db, id, { preferences: { checklist: "hidden" } }, scope.clock.now()));
  return request.redirect("/");
}

// Admins find what could be connected among the plugins, others among those of their blog.
function serviceScreen(request: AdminRequest, place: OnBlog): string {
  return signedIn(request).role === "admin" ? "/admin/plugins" : place.at("/settings/plugins");
}

async function isSomebodyElseHere({ house }: AdminRequest): Promise<boolean> {
  const people = await house.storage.query("SELECT id FROM accounts LIMIT 2");
  if (people.length > 1) return true;
  return (await house.storage.query("SELECT id FROM invitations LIMIT 1")).length > 0;
}
