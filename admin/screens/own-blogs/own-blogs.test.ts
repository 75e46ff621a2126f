import test from "ava";
import { linkOf, openTown } from "../people/people.testing.ts";

test("a member makes as many blogs as the rules allow, with a free name", async (t) => {
  const { enter, rules, read } = await openTown(t);
  const lee = await enter("lee");
  const make = (name: string) => lee.browser.post("/account/blogs", { name, title: "Another" });

  t.regex((await lee.browser.get("/account/blogs")).text, /as many blogs as/);
  const refused = await make("second");
  t.is(refused.status, 422);
  await rules({ blogsEach: 2 });
  t.is((await lee.browser.get("/account/blogs")).status, 200);
  t.is((await make("kim")).status, 422);
  t.is((await make("second")).location, "/b/second.localhost/settings");
  t.is((await read("second.localhost")).status, 200);
  t.is((await make("third")).status, 422);
});

test("two forms sent at the same moment make no more blogs than the rules allow", async (t) => {
  const { enter, rules, house } = await openTown(t);
  const lee = await enter("lee");
  await rules({ blogsEach: 2 });

  const answers = await Promise.all(["second", "third"].map((name) => lee.browser.post("/account/blogs", { name, title: "" })));

  t.deepEqual(answers.map(({ status }) => status).toSorted(), [303, 422]);
  t.is((await house.storage.query("SELECT id FROM blogs WHERE owner_id = ?", [lee.person.id])).length, 2);
});

test("one leaves another's blog by oneself, but not one's own as its last owner", async (t) => {
  const { enter, join } = await openTown(t);
  const [lee, ana] = [await enter("lee"), await enter("ana")];
  await join(lee.blog!, ana.person, "author");

  t.regex((await ana.browser.get("/account/blogs")).text, /blogs\/lee\.localhost\/leave/);
  t.is((await ana.browser.post("/account/blogs/lee.localhost/leave", {})).status, 303);
  t.is((await ana.browser.get("/b/lee.localhost/posts")).status, 404);
  t.is((await ana.browser.post("/account/blogs/ana.localhost/leave", {})).status, 409);
  t.is((await ana.browser.post("/account/blogs/kim.localhost/leave", {})).status, 404);
});

test("members invite as many as the rules let them, take theirs back and nobody else's", async (t) => {
  const { enter, rules, stranger } = await openTown(t);
  const [lee, ana] = [await enter("lee"), await enter("ana")];
  const invite = () => lee.browser.post("/account/invitations", { email: "" });

  t.is((await invite()).status, 422);
  await rules({ mode: "invite", invitationsEach: 1 });
  await lee.browser.get("/account/invitations");
  const path = linkOf((await invite()).text);
  t.is((await stranger().get(path)).status, 200);
  t.regex((await invite()).text, /no invitations to give/);
  const id = /invitations\/([0-9A-Z]{26})\/revoke/.exec((await lee.browser.get("/account/invitations")).text)![1]!;
  await ana.browser.post(`/account/invitations/${id}/revoke`, {});
  t.is((await stranger().get(path)).status, 200);
  await lee.browser.post(`/account/invitations/${id}/revoke`, {});
  t.is((await stranger().get(path)).status, 410);
  t.is((await invite()).status, 200);
});
