import test from "ava";
import { audit } from "../../../core/people/audit.ts";
import { openTown } from "../people/people.testing.ts";
import { row } from "./csv.ts";

test("the log is filtered by person, blog, action and day, page by page, and leads on", async (t) => {
  const { kim, enter, house } = await openTown(t);
  const lee = await enter("lee");
  await house.storage.write(async (db) => {
    for (let n = 0; n < 40; n++)
      await audit(
        db,
        { action: "post.tested", subject: `number ${n}`, accountId: lee.person.id, blogId: lee.blog!.id, via: "web" },
        house.clock.now(),
      );
  });
  const shown = async (query: string) => [...(await kim.get(`/admin/log?${query}`)).text.matchAll(/number (\d+)/g)].length;
  const today = house.clock.now().toISOString().slice(0, 10);

  t.is(await shown("person=@lee&blog=lee.localhost&action=post."), 30);
  t.is(await shown(`action=post.tested&from=${today}&until=${today}`), 30);
  t.is(await shown("action=post.tested&until=2020-01-01"), 0);
  t.is(await shown("person=kim&action=post."), 0);
  t.regex((await kim.get("/admin/log?person=nobody")).text, /Nothing fits/);
  t.is((await kim.get("/admin/log?from=2026-02-31&until=x&before=-1")).status, 200);
  const first = await kim.get("/admin/log?action=post.tested");
  const older = /href="(\/admin\/log\?[^"]*before=\d+)"/.exec(first.text)![1]!.replaceAll("&amp;", "&");
  t.is([...(await kim.get(older)).text.matchAll(/number (\d+)/g)].length, 10);
});

test("moderators see their own area, in the list and in the file; members nothing", async (t) => {
  const { enter } = await openTown(t);
  const [mod, lee] = [await enter("mod", { role: "moderator", hasBlog: false }), await enter("lee")];

  for (const path of ["/admin/log", "/admin/log/export", "/admin/log?action=sign-in"]) {
    const page = await mod.browser.get(path);
    t.is(page.status, 200, path);
    t.false(/<strong>sign-in|,"sign-in"/.test(page.text), path);
  }
  t.is((await lee.browser.get("/admin/log")).status, 404);
  t.is((await lee.browser.get("/admin/log/export")).status, 404);
});

test("the file holds every line that fits, and is no formula to a spreadsheet", async (t) => {
  const { kim, house } = await openTown(t);
  await house.storage.write(async (db) => {
    for (let n = 0; n < 600; n++)
      await audit(db, { action: "post.tested", subject: `=HYPERLINK("x")`, via: "web", detail: { n } }, house.clock.now());
  });

  const file = await kim.get("/admin/log/export?action=post.tested");

  const lines = file.text.trimEnd().split("\r\n");
  t.is(lines.length, 601);
  t.is(lines[0], '"time","person","blog","action","subject","detail","via","address"');
  t.true(lines[1]!.includes(`"'=HYPERLINK(""x"")","n: 599"`));
  t.is(row(["-1", 'a"b', "c\nd"]), `"'-1","a""b","c\nd"\r\n`);
});

test("an owner sees what was done on their blog and nothing else", async (t) => {
  const { enter, kim } = await openTown(t);
  const lee = await enter("lee");
  await lee.browser.post("/b/lee.localhost/settings/people/invitations", { email: "", role: "author" });

  const page = await lee.browser.get("/b/lee.localhost/settings/log");

  t.regex(page.text, /invitation\.made/);
  t.false(/sign-in|installation\.set-up/.test(page.text));
  t.is((await lee.browser.get("/b/kim.localhost/settings/log")).status, 404);
  t.is((await kim.get("/b/lee.localhost/settings/log")).status, 200);
});
