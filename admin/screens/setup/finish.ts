import { makeBlogWithOwner } from "../../../core/blogs/blogs.ts";
import { setNames, switchOnSet } from "../../../core/host/plugin-sets.ts";
import { createAccount, setDefaultBlog } from "../../../core/people/accounts.ts";
import { audit } from "../../../core/people/audit.ts";
import { accountOf } from "../../../core/people/person.ts";
import { startSession } from "../../../core/people/sessions.ts";
import { nameFor } from "../../plugin-words.ts";
import type { AdminRequest } from "../../request.ts";
import { closeWizard, type Wizard } from "./wizard.ts";

/** Makes the admin and the first blog in one transaction that also uses the link up; gives the new session's cookie and the blog's host. */
export async function makeInstallation(request: AdminRequest, wizard: Wizard): Promise<{ cookie: string; host: string }> {
  const { house, scope, headers } = request;
  const { gathered } = wizard;
  const now = scope.clock.now();
  const about = { language: gathered.language, timeZone: gathered.timeZone };
  const made = await house.storage.write(async (db) => {
    await closeWizard(request, db, wizard);
    const username = gathered.username!;
    const person = {
      username,
      name: gathered.name,
      email: gathered.email,
      passwordHash: gathered.passwordHash!,
      ...about,
      language: "",
    };
    const admin = await createAccount(db, { ...person, role: "admin" }, now);
    const wanted = { name: gathered.blogName!, ownerId: admin.id, title: gathered.title, description: gathered.description };
    const blog = await makeBlogWithOwner(db, { ...wanted, theme: gathered.theme, ...about }, house.site, now);
    await setDefaultBlog(db, admin.id, blog.id, now);
    const by = { accountId: admin.id, via: "web", address: scope.address };
    await audit(db, { action: "installation.set-up", subject: blog.host, ...by }, now);
    const visitor = { userAgent: headers["user-agent"] ?? "", address: scope.address };
    const { cookie } = await startSession(db, admin.id, visitor, now);
    return { cookie, blog, account: accountOf(admin) };
  });
  await scope.taps.event(scope, "account.created", { account: made.account });
  await scope.taps.event(scope, "blog.created", { blog: made.blog });
  return { cookie: made.cookie, host: made.blog.host };
}

/** Switches on the plugins that go with a purpose; gives the names of those that would not. */
export async function enableSet(request: AdminRequest, purpose: string): Promise<string[]> {
  const { host, log } = request.house;
  const set = setNames.find((name) => name === purpose) ?? "none";
  const failed = await switchOnSet(host, set, null);
  for (const { plugin, why } of failed)
    log.warn(`“${plugin.id}” could not be switched on during setup: ${why}`, { plugin: plugin.id });
  return failed.map(({ plugin }) => nameFor(request, plugin));
}
