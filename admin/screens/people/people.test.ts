import test from "ava";
import { auditLines } from "../../../core/people/audit.ts";
import { linkOf, openTown, tokenOf } from "./people.testing.ts";

test("people are listed, found and filtered; a moderator reads without a form that changes anything, members see nothing", async (t) => {
  const { kim, enter } = await openTown(t);
  const mod = await enter("mod", { role: "moderator", hasBlog: false });
  const lee = await enter("lee", { hasBlog: false });

  const all = await kim.get("/admin/people");
  const found = await kim.get("/admin/people?q=LE&role=member&state=active");
  const none = await kim.get("/admin/people?q=nobody");
  const read = await mod.browser.get("/admin/people");

  t.deepEqual([all.status, found.status], [200, 200]);
  for (const name of ["kim", "mod", "lee"]) t.true(all.text.includes(`href="/admin/people/${name}"`), name);
  t.true(found.text.includes('href="/admin/people/lee"'));
  t.false(found.text.includes('href="/admin/people/mod"'));
  t.regex(none.text, /Nobody fits/);
  t.is(read.status, 200);
  t.false(/action="\/admin\/people\/(rules|invitations|sign-ups)/.test(read.text));
  t.is((await mod.browser.post("/admin/people/lee/role", { role: "admin" })).status, 404);
  t.is((await lee.browser.get("/admin/people")).status, 404);
});

test("a role is given, ends the sessions of before, is written down; the last admin keeps theirs", async (t) => {
  const { kim, enter, house } = await openTown(t);
  const lee = await enter("lee", { hasBlog: false });

  const own = await kim.post("/admin/people/kim/role", { role: "member" });
  const wrong = await kim.post("/admin/people/lee/role", { role: "emperor" });
  const given = await kim.post("/admin/people/lee/role", { role: "admin" });

  t.is(own.status, 422);
  t.regex(own.text, /This is the last admin/);
  t.is(wrong.status, 422);
  t.is(given.location, "/admin/people/lee");
  t.is((await lee.browser.get("/")).status, 303);
  t.like((await auditLines(house.storage))[0], {
    action: "account.role",
    subject: "lee",
    detail: { role: "admin", before: "member" },
  });
});

test("a suspended person is out at once and told why; their blog goes off the air only when asked; let in again all is as before", async (t) => {
  const { kim, enter, signIn, stranger, read, mails } = await openTown(t);
  const lee = await enter("lee");
  const host = lee.blog!.host;

  const bare = await kim.post("/admin/people/lee/suspend", { reason: " ", withBlogs: "on" });
  t.is(bare.status, 422);
  t.regex(bare.text, /name="withBlogs" value="on" checked/);
  t.is((await kim.post("/admin/people/lee/suspend", { reason: "Sells stolen herons." })).status, 303);

  t.is((await lee.browser.get("/")).status, 303);
  const refused = await signIn(stranger(), "lee");
  t.is(refused.status, 403);
  t.regex(refused.text, /This account is suspended: Sells stolen herons\./);
  t.is((await read(host)).status, 200);
  t.regex((await kim.get("/admin/people/lee")).text, /Reason: Sells stolen herons\./);
  t.regex((await mails())[0]!.text, /Sells stolen herons\./);
  const twice = await kim.post("/admin/people/lee/suspend", { reason: "Again" });
  t.is(twice.status, 422);
  t.regex(twice.text, /not active any more/);

  await kim.post("/admin/people/lee/restore", {});
  await kim.post("/admin/people/lee/suspend", { reason: "Once more", withBlogs: "on" });
  const gone = await read(host);
  t.is(gone.status, 410);
  t.regex(gone.text, /have closed the blog at lee\.localhost/);
  t.is((await read(host, "/feed")).status, 410);
  await kim.post("/admin/people/lee/restore", {});
  t.is((await read(host)).status, 200);
  t.is((await signIn(stranger(), "lee")).status, 303);
  t.is((await kim.post("/admin/people/kim/suspend", { reason: "Me" })).status, 422);
});

test("how people join is stored, or refused with what was typed", async (t) => {
  const { kim } = await openTown(t);

  const wrong = await kim.post("/admin/people/rules", { mode: "open", invitationsEach: "many", blogsEach: "3" });
  const right = await kim.post("/admin/people/rules", { mode: "approval", invitationsEach: "2", blogsEach: "3" });
  const page = await kim.get("/admin/people");

  t.is(wrong.status, 422);
  t.regex(wrong.text, /value="many"/);
  t.regex(wrong.text, /name="mode" value="open" checked/);
  t.regex(wrong.text, /<title>Error: /);
  t.is(right.status, 303);
  t.regex(page.text, /name="mode" value="approval" checked/);
  t.regex(page.text, /name="blogsEach" type="text" value="3"/);
});

test("an invitation's link is shown once, listed, and no good any more once it is taken back", async (t) => {
  const { kim, stranger } = await openTown(t);

  const made = await kim.post("/admin/people/invitations", { email: "" });
  const path = linkOf(made.text);
  const listed = await kim.get("/admin/people");
  t.is(made.status, 200);
  t.false(listed.text.includes(tokenOf(path)));
  t.is((await stranger().get(path)).status, 200);
  const id = /invitations\/([0-9A-Z]{26})\/revoke/.exec(listed.text)![1]!;
  t.is((await kim.post(`/admin/people/invitations/${id}/revoke`, {})).status, 303);

  const over = await stranger().get(path);
  t.is(over.status, 410);
  t.regex(over.text, /This invitation was taken back/);
  t.regex((await kim.get("/admin/people")).text, /The invitation was taken back/);
  t.regex((await kim.post(`/admin/people/invitations/${id}/revoke`, {})).location ?? "", /invitations/);
  t.regex((await kim.get("/admin/people")).text, /was not open any more/);
});

test("an invitation by mail goes to the address it is for; one that is none comes back", async (t) => {
  const { kim, canMail, mails, stranger } = await openTown(t);
  canMail(true);

  const wrong = await kim.post("/admin/people/invitations", { email: "lee" });
  const right = await kim.post("/admin/people/invitations", { email: "Lee@Mail.example" });
  canMail(false);

  t.is(wrong.status, 422);
  t.regex(wrong.text, /value="lee"/);
  t.is(right.status, 303);
  const [mail] = await mails();
  t.is(mail!.to, "lee@mail.example");
  t.regex((await stranger().get(linkOf(mail!.text))).text, /Kim invites you to make an account/);
});
