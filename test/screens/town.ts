import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openKitchen } from "../../admin/screens/plugins/kitchen.testing.ts";
import type { PlainBrowser } from "../../admin/testing.ts";
import { blogByHost, makeBlogWithOwner } from "../../core/blogs/blogs.ts";
import { grant } from "../../core/blogs/memberships.ts";
import { enableWithNeeded } from "../../core/host/switching/required-plugins.ts";
import { startImport } from "../../core/host/imports/start-import.ts";
import type { House } from "../../core/house.ts";
import { enqueue } from "../../core/jobs/enqueue.ts";
import { runDue } from "../../core/jobs/worker.ts";
import { createAccount, personByUsername } from "../../core/people/accounts.ts";
import { mailLater } from "../../core/people/mail/mail-later.ts";
import { createLink } from "../../core/people/one-time-links.ts";
import { startSession } from "../../core/people/sessions.ts";
import { invite } from "../../core/residents/joining/invitations.ts";
import { setSignUpRules } from "../../core/residents/joining/sign-up-rules.ts";
import { waitForAnswer } from "../../core/residents/joining/sign-ups.ts";
import { askForExport } from "../../core/residents/export/exports.ts";
import { workerOptions } from "../../core/start.ts";
import { isPseudo, pseudoCatalogue } from "../languages/pseudo.ts";
import { furnishBlog } from "./furnish-blog.ts";
import { pluginAddresses } from "./plugin-addresses.ts";

type Teardown = Parameters<typeof openKitchen>[0];

/** An installation with something of everything: kim is its admin, and `sample` is what stands in the addresses of its screens. */
export type Town = {
  readonly house: House;
  readonly url: string;
  readonly browser: PlainBrowser;
  readonly sample: Readonly<Record<string, string>>;
  /** Cookies of a new session of kim's; confirmed ones may do what asks for the password. */
  enter(isConfirmed?: boolean): Promise<{ name: string; value: string; url: string }[]>;
  /** The language kim's dashboard speaks from now on. */
  speak(language: string): Promise<void>;
};

const wxrFile = `<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Old</title><wp:wxr_version>1.2</wp:wxr_version><item><title>Old</title><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status><wp:post_date_gmt>2020-01-01 10:00:00</wp:post_date_gmt><content:encoded>Old</content:encoded></item></channel></rss>`;

const newcomer = {
  name: "Ana",
  email: "ana@mail.example",
  passwordHash: "",
  language: "en",
  timeZone: "UTC",
  title: "Ana",
  description: "",
  theme: "perch",
  invitationId: null,
};

/** Opens such an installation. */
export async function openTown(t: Teardown): Promise<Town> {
  const { house, url, browser } = await openKitchen(t);
  // Plugins speak the made-up languages too, so that words which stand in their code are seen.
  const find = house.catalogues.find.bind(house.catalogues);
  house.catalogues.find = (folder, language, key) => {
    const text = find(folder, language, key);
    return text === null || !isPseudo(language) ? text : pseudoCatalogue(language, { key: text }).key!;
  };
  const now = house.clock.now();
  const kim = (await personByUsername(house.storage, "kim"))!;
  const blog = (await blogByHost(house.storage, "kim.localhost", house.site))!;
  const scope = house.scopeOf(kim, blog, "test");
  const posts = await furnishBlog(house, scope);
  const people = await house.storage.write(async (db) => {
    const lee = await createAccount(db, { username: "lee", name: "Lee", email: "lee@mail.example", passwordHash: "" }, now);
    const una = await createAccount(db, { username: "una-gone", name: "Una", email: null, passwordHash: "" }, now);
    await db.run("UPDATE accounts SET state = 'deleted' WHERE id = ?", [una.id]);
    await grant(db, { blogId: blog.id, accountId: lee.id, role: "author" }, now);
    await makeBlogWithOwner(db, { name: "lee", title: "Lee", ownerId: lee.id }, house.site, now);
    await makeBlogWithOwner(db, { name: "boats", title: "Boats", ownerId: kim.id }, house.site, now);
    await setSignUpRules(db, { mode: "open", invitationsEach: 3, blogsEach: 3 }, now);
    await waitForAnswer(db, { ...newcomer, username: "ana" }, now);
    const invitation = { blogId: null, role: "member" as const, email: "ana@mail.example", isMailed: false, accountId: kim.id };
    const toBlog = { ...invitation, blogId: blog.id, role: "editor" as const, accountId: kim.id };
    await invite(db, invitation, now);
    const { token } = await invite(db, toBlog, now);
    await mailLater(house, db, { to: "kim@mail.example", template: "test", values: { name: "Kim" }, language: "en" });
    await enqueue(db, { pluginId: "kitchen", name: "cook", blogId: blog.id, data: {}, runAt: now });
    await enqueue(db, { pluginId: "core", name: "nothing-of-ours", blogId: null, data: {}, attempts: 1, runAt: now });
    const archive = await askForExport(scope, db, { accountId: kim.id, blogId: null });
    const link = (purpose: "email" | "sign-in" | "reset" | "sign-up-mail" | "recall" | "sign-up", subject: string, data = {}) =>
      createLink(db, { purpose, subject, data: { ...newcomer, ...data }, seconds: 3600 }, now);
    return {
      archive,
      invitation: token,
      signInLink: await link("sign-in", lee.id),
      reset: await link("reset", lee.id),
      recall: await link("recall", una.id),
      email: await link("email", kim.id, { email: "kim@new.example" }),
      signUp: await link("sign-up", "", { username: "una", invitation: "" }),
      signUpMail: await link("sign-up-mail", "una@mail.example", { username: "una", email: "una@mail.example" }),
    };
  });
  await house.host.enable("kitchen");
  await house.host.enable("import-wordpress");
  for (const id of new Set(pluginAddresses.map(({ pluginId }) => pluginId))) await enableWithNeeded(house.host, id);
  const fixture = join(house.settings.dataFolder, "old-blog.xml");
  writeFileSync(fixture, wxrFile);
  const imported = await startImport(scope, { kind: "import-wordpress", file: fixture, options: { dryRun: true } }, true);
  await runDue(workerOptions(house, new AbortController().signal));
  house.host.guard.blame("waiter", "slot footer", new Error("The tray fell."), house.log);
  const [mail] = readdirSync(join(house.settings.dataFolder, "mail"));
  return {
    house,
    url,
    browser,
    sample: { ...posts, ...people, imported, mail: mail! },
    enter: async (isConfirmed = false) => {
      const visitor = { userAgent: "Mozilla/5.0 Firefox/140.0", address: "192.0.2.7", isConfirmed };
      const { cookie } = await house.storage.write((db) => startSession(db, kim.id, visitor, house.clock.now()));
      return [{ name: "rk", value: cookie, url }];
    },
    speak: async (language) => {
      await house.storage.write((db) => db.run("UPDATE accounts SET language = ? WHERE id = ?", [language, kim.id]));
    },
  };
}
