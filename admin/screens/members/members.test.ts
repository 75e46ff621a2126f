import test from "ava";
import { blogByHost } from "../../../core/blogs/blogs.ts";
import { roleOn } from "../../../core/blogs/memberships.ts";
import { growOld } from "../signin/people.testing.ts";
import { linkOf, openTown, tokenOf } from "../people/people.testing.ts";

const at = "/b/lee.localhost/settings/people";

test("an owner changes roles and removes people, never the last owner; others do not even see the page", async (t) => {
  const { enter, join, house } = await openTown(t);
  const [lee, ana] = [await enter("lee"), await enter("ana", { hasBlog: false })];
  await join(lee.blog!, ana.person, "author");
  const role = () => roleOn(house.storage, lee.blog!.id, ana.person.id);

  t.is((await ana.browser.get(at)).status, 404);
  t.is((await ana.browser.post(`${at}/ana/role`, { role: "owner" })).status, 404);
  t.is((await lee.browser.post(`${at}/ana/role`, { role: "editor" })).status, 303);
  t.is(await role(), "editor");
  t.is((await ana.browser.get(at)).status, 404);
  t.is((await lee.browser.post(`${at}/ana/role`, { role: "king" })).status, 422);
  const last = await lee.browser.post(`${at}/lee/role`, { role: "author" });
  t.is(last.status, 422);
  t.regex(last.text, /last owner/);
  t.is((await lee.browser.post(`${at}/lee/remove`, {})).status, 422);
  t.is((await lee.browser.post(`${at}/kim/role`, { role: "editor" })).status, 404);
  t.is((await lee.browser.post(`${at}/ana/remove`, {})).location, at);
  t.is(await role(), null);
  t.is((await ana.browser.get("/b/lee.localhost/posts")).status, 404);
});

test("a blog is handed over after one has proved who one is; who had it is editor and out of this page", async (t) => {
  const { enter, join, house } = await openTown(t);
  const [lee, ana] = [await enter("lee"), await enter("ana", { hasBlog: false })];
  await join(lee.blog!, ana.person, "author");

  await growOld(house);
  t.is((await lee.browser.post(`${at}/ana/transfer`, {})).status, 403);
  const done = await lee.browser.post(`${at}/ana/transfer`, { "confirm-password": "eight geese on the lawn" });

  t.is(done.location, "/");
  t.is((await blogByHost(house.storage, "lee.localhost", house.site))?.ownerId, ana.person.id);
  t.is((await lee.browser.get(at)).status, 404);
  t.is((await ana.browser.get(at)).status, 200);
});

test("an invitation to a blog is accepted by somebody who is here, once; the second is told so", async (t) => {
  const { enter, house, stranger } = await openTown(t);
  const [lee, ana, eve] = [await enter("lee"), await enter("ana"), await enter("eve")];

  t.is((await lee.browser.post(`${at}/invitations`, { email: "", role: "owner" })).status, 422);
  const path = linkOf((await lee.browser.post(`${at}/invitations`, { email: "", role: "editor" })).text);
  t.regex((await stranger().get(path)).text, /href="\/signin\?next=/);
  t.regex((await ana.browser.get(path)).text, /Accept as ana/);
  const token = tokenOf(path);
  t.is((await ana.browser.post("/invitation", { token })).location, "/b/lee.localhost/posts");

  t.is(await roleOn(house.storage, lee.blog!.id, ana.person.id), "editor");
  const late = await eve.browser.post("/invitation", { token });
  t.is(late.status, 410);
  t.regex(late.text, /used already/);
  t.is(await roleOn(house.storage, lee.blog!.id, eve.person.id), null);
});

test("an invitation is not taken by who is there already, and can be taken back by the blog it is for only", async (t) => {
  const { enter, house } = await openTown(t);
  const [lee, ana] = [await enter("lee"), await enter("ana")];
  const path = linkOf((await lee.browser.post(`${at}/invitations`, { email: "", role: "reader" })).text);

  t.regex((await lee.browser.get(path)).text, /You are here already/);
  t.is((await lee.browser.post("/invitation", { token: tokenOf(path) })).status, 409);
  t.is(await roleOn(house.storage, lee.blog!.id, lee.person.id), "owner");
  const id = /invitations\/([0-9A-Z]{26})\/revoke/.exec((await lee.browser.get(at)).text)![1]!;
  await ana.browser.post(`/b/ana.localhost/settings/people/invitations/${id}/revoke`, {});
  t.is((await ana.browser.get(path)).status, 200);
  await lee.browser.post(`${at}/invitations/${id}/revoke`, {});
  t.is((await ana.browser.get(path)).status, 410);
});

test("a blog is deleted by its typed host and called back by its owner", async (t) => {
  const { enter, read, house } = await openTown(t);
  const lee = await enter("lee");
  const danger = "/b/lee.localhost/settings/danger";

  const wrong = await lee.browser.post(danger, { typed: "mine" });
  t.is(wrong.status, 422);
  t.regex(wrong.text, /value="mine"/);
  await growOld(house);
  t.is((await lee.browser.post(danger, { typed: "lee.localhost" })).status, 403);
  t.is((await read("lee.localhost")).status, 200);
  const fields = { typed: "lee.localhost", "confirm-password": "eight geese on the lawn" };
  t.is((await lee.browser.post(danger, fields)).location, "/account/blogs");
  t.is((await read("lee.localhost")).status, 410);

  t.is((await lee.browser.post("/account/blogs/lee.localhost/recall", {})).status, 303);
  t.is((await read("lee.localhost")).status, 200);
});
