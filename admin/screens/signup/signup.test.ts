import test from "ava";
import { roleOn } from "../../../core/blogs/memberships.ts";
import { personByUsername } from "../../../core/people/accounts.ts";
import { linkOf, openTown, password, tokenOf } from "../people/people.testing.ts";
import type { PlainBrowser } from "../../testing.ts";

const blogFields = { title: "Lee writes", description: "", language: "en", timeZone: "UTC", theme: "perch" };
const you = (username: string, more: object = {}) => ({
  name: username,
  username,
  email: `${username}@mail.example`,
  password,
  invitation: "",
  website: "",
  ...more,
});

async function signUp(browser: PlainBrowser, username: string, more: object = {}) {
  // A page with a form that is there whatever the rules are: its token is good for all.
  await browser.get("/signin");
  const first = await browser.post("/signup", you(username, more));
  if (first.status !== 303) return first;
  const token = tokenOf(first.location!);
  await browser.get(first.location!);
  return browser.post("/signup/blog", { token, ...blogFields });
}

test("while it is closed nobody signs up, by the form or past it", async (t) => {
  const { stranger, house } = await openTown(t);
  const browser = stranger();

  const page = await browser.get("/signup");
  t.is(page.status, 403);
  t.regex(page.text, /Ask an admin for an invitation/);
  await browser.get("/signin");
  t.is((await browser.post("/signup", you("lee"))).status, 403);
  t.is(await personByUsername(house.storage, "lee"), null);
});

test("open to everybody: two steps make a member with a blog at their handle, who is signed in and writes", async (t) => {
  const { stranger, rules, read, house } = await openTown(t);
  await rules({ mode: "open" });
  const lee = stranger();

  const done = await signUp(lee, "lee");

  t.is(done.location, "/compose?blog=lee.localhost");
  t.is((await lee.get("/compose?blog=lee.localhost")).status, 200);
  t.is((await lee.get("/admin")).status, 404);
  t.is((await read("lee.localhost")).status, 200);
  t.is((await personByUsername(house.storage, "lee"))?.role, "member");
});

test("what is wrong comes back with what was typed, and a kept or taken handle with one that is free", async (t) => {
  const { stranger, rules } = await openTown(t);
  await rules({ mode: "open" });
  const browser = stranger();
  await browser.get("/signup");

  const page = await browser.post("/signup", you("postmaster", { email: "x", password: "password1" }));

  t.is(page.status, 422);
  t.regex(page.text, /“postmaster” is kept for the installation itself\. “postmaster-writes” is free\./);
  for (const id of ["username", "email", "password"]) t.true(page.text.includes(`href="#${id}"`), id);
  t.regex(page.text, /value="postmaster"/);
  t.false(page.text.includes("password1"));
  t.regex((await browser.post("/signup", you("kim"))).text, /“kim” is taken/);
});

test("going back keeps the first step, and the second is refused without it", async (t) => {
  const { stranger, rules, house } = await openTown(t);
  await rules({ mode: "open" });
  const browser = stranger();
  await browser.get("/signup");
  const token = tokenOf((await browser.post("/signup", you("lee"))).location!);

  t.regex((await browser.get(`/signup?token=${token}`)).text, /value="lee"/);
  const again = await browser.post("/signup", { ...you("ana", { password: "" }), token });
  t.is(again.location, `/signup/blog?token=${token}`);
  t.is((await browser.post("/signup/blog", { token, ...blogFields, title: "" })).status, 422);
  t.is((await browser.get("/signup/blog?token=wrong")).status, 403);
  const clicks = await Promise.all([1, 2].map(() => browser.post("/signup/blog", { token, ...blogFields })));
  t.deepEqual(clicks.map(({ status }) => status).toSorted(), [303, 403]);
  t.regex(clicks.find(({ status }) => status === 403)!.text, /If it was sent, sign in/);
  t.truthy(await personByUsername(house.storage, "ana"));
});

test("who fills in the field that people do not see is told the same and gets nothing", async (t) => {
  const { stranger, rules, house } = await openTown(t);
  await rules({ mode: "open" });
  const browser = stranger();
  await browser.get("/signup");

  const page = await browser.post("/signup", you("lee", { website: "https://pills.example" }));

  t.is(page.status, 200);
  t.is((await house.storage.query("SELECT token_hash FROM one_time_links WHERE purpose = 'sign-up'")).length, 0);
});

test("the sixth form in an hour from one address has to wait", async (t) => {
  const { stranger, rules } = await openTown(t);
  await rules({ mode: "open" });
  const browser = stranger();
  await browser.get("/signup");
  for (let n = 0; n < 5; n++) await browser.post("/signup", you("x", { password: "short" }));

  const page = await browser.post("/signup", you("lee"));

  t.is(page.status, 429);
  t.regex(page.text, /too many tries/);
  t.regex(page.text, /value="lee"/);
});

test("when mail can be sent the address is confirmed first, once; a known address is told to nobody but its owner", async (t) => {
  const { stranger, rules, canMail, mails, house, enter } = await openTown(t);
  await rules({ mode: "open" });
  await enter("ana", { hasBlog: false });
  const [lee, eve] = [stranger(), stranger()];
  canMail(true);

  const sent = await signUp(lee, "lee");
  const known = await signUp(eve, "eve", { email: "ana@mail.example" });
  const [knownMail, mail] = await (canMail(false), mails());
  const bare = (text: string) => text.replace(/[\w-]+@mail\.example/g, "").replace(/value="[\w-]{43}"/g, "");

  t.is(sent.status, 200);
  t.is(bare(sent.text), bare(known.text));
  t.is(await personByUsername(house.storage, "lee"), null);
  t.regex(knownMail!.text, /There is one already: “ana”/);
  const path = linkOf(mail!.text);
  t.is(await personByUsername(house.storage, "lee"), null);
  t.regex((await lee.get(path)).text, /lee@mail\.example is yours/);
  t.is((await lee.post("/signup/confirm", { token: tokenOf(path) })).location, "/compose?blog=lee.localhost");
  t.is((await personByUsername(house.storage, "lee"))?.email, "lee@mail.example");
  t.is((await stranger().get(path)).status, 410);
  t.is(await personByUsername(house.storage, "eve"), null);
});

test("with approval somebody waits until an admin lets them in, once; the other admin is told", async (t) => {
  const { kim, stranger, rules, signIn, mails, enter, house } = await openTown(t);
  await rules({ mode: "approval" });
  const other = await enter("ana", { role: "admin", hasBlog: false });
  const lee = stranger();

  t.regex((await signUp(lee, "lee")).text, /will decide about it/);
  t.is((await signIn(lee, "lee")).status, 422);
  const page = await kim.get("/admin/people");
  const id = /sign-ups\/([0-9A-Z]{26})\/approve/.exec(page.text)![1]!;
  t.regex(page.text, /<bdi>lee@mail\.example<\/bdi> · <bdi>Lee writes<\/bdi>/);
  t.is((await kim.post(`/admin/people/sign-ups/${id}/approve`, {})).status, 303);
  const late = await other.browser.post(`/admin/people/sign-ups/${id}/approve`, {});
  t.is(late.status, 409);
  t.regex(late.text, /decided already/);
  t.is((await other.browser.post(`/admin/people/sign-ups/${id}/refuse`, {})).status, 409);
  t.regex((await mails())[0]!.text, /your account “lee”/);
  t.is((await signIn(lee, "lee")).status, 303);
  t.is((await house.storage.query("SELECT id FROM blogs WHERE host = 'lee.localhost'")).length, 1);
});

test("who is sent away is told by mail, and the name is free again", async (t) => {
  const { kim, stranger, rules, mails } = await openTown(t);
  await rules({ mode: "approval" });
  await signUp(stranger(), "lee");
  t.regex((await signUp(stranger(), "lee", { email: "" })).text, /“lee” is taken/);

  const id = /sign-ups\/([0-9A-Z]{26})\/refuse/.exec((await kim.get("/admin/people")).text)![1]!;
  await kim.post(`/admin/people/sign-ups/${id}/refuse`, {});

  t.regex((await mails())[0]!.text, /decided not to open the account “lee”/);
  t.regex((await signUp(stranger(), "lee")).text, /will decide about it/);
});

test("by invitation: without one nobody, with one once, and a link that went to the address proves it", async (t) => {
  const { kim, stranger, rules, canMail, mails, house } = await openTown(t);
  await rules({ mode: "invite" });
  t.is((await stranger().get("/signup")).status, 403);
  canMail(true);
  await kim.post("/admin/people/invitations", { email: "lee@mail.example" });
  const [mail] = await (canMail(false), mails());
  const invitation = tokenOf(linkOf(mail!.text));
  const lee = stranger();
  canMail(true);

  t.regex((await lee.get(`/signup?invitation=${invitation}`)).text, /value="lee@mail\.example"/);
  const done = await signUp(lee, "lee", { invitation });

  t.is(done.location, "/compose?blog=lee.localhost");
  const late = await signUp(stranger(), "eve", { invitation });
  t.is(late.status, 410);
  t.regex(late.text, /used already/);
  t.is((await house.storage.query("SELECT id FROM invitations WHERE state = 'used'")).length, 1);
});

test("invited to a blog somebody new may go without one of their own; closed means that only admins' invitations count", async (t) => {
  const { kim, enter, stranger, rules, house } = await openTown(t);
  await rules({ mode: "invite" });
  const ana = await enter("ana");
  const link = async (browser: PlainBrowser, host: string) =>
    tokenOf(linkOf((await browser.post(`/b/${host}/settings/people/invitations`, { email: "", role: "author" })).text));
  const [first, second, admins] = [
    await link(ana.browser, "ana.localhost"),
    await link(ana.browser, "ana.localhost"),
    await link(kim, "kim.localhost"),
  ];
  const lee = stranger();
  await lee.get(`/signup?invitation=${first}`);
  const token = tokenOf((await lee.post("/signup", you("lee", { invitation: first }))).location!);

  t.is((await lee.post("/signup/blog", { token, ...blogFields, title: "", intent: "no-blog" })).location, "/");
  const person = (await personByUsername(house.storage, "lee"))!;
  t.is(await roleOn(house.storage, ana.blog!.id, person.id), "author");
  t.is((await house.storage.query("SELECT id FROM blogs WHERE owner_id = ?", [person.id])).length, 0);
  t.is((await lee.get("/b/ana.localhost/posts")).status, 200);

  await rules({ mode: "closed" });
  t.is((await stranger().get(`/signup?invitation=${second}`)).status, 403);
  t.regex((await stranger().get(`/invitation?token=${second}`)).text, /Nobody can make an account here/);
  t.is((await stranger().get(`/signup?invitation=${admins}`)).status, 200);
});
