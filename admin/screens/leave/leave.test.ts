import test from "ava";
import { createAppToken, appTokenOf } from "../../../core/people/app-tokens.ts";
import { personByUsername } from "../../../core/people/accounts.ts";
import { growOld } from "../signin/people.testing.ts";
import { linkOf, openTown, password, tokenOf } from "../people/people.testing.ts";

test("an account is deleted by its typed handle and a fresh proof; pages, sessions and keys are gone at once, and signing in calls it back", async (t) => {
  const { enter, join, read, signIn, stranger, house, mails } = await openTown(t);
  const [lee, ana] = [await enter("lee"), await enter("ana")];
  await join(ana.blog!, lee.person, "author");
  const { token: key } = await house.storage.write((db) =>
    createAppToken(db, { accountId: lee.person.id, blogId: null, name: "Quill", scopes: ["create"] }, house.clock.now()),
  );

  const page = await lee.browser.get("/account/delete");
  t.regex(page.text, /lee\.localhost is yours alone and goes along/);
  t.regex(page.text, /ana\.localhost/);
  const wrong = await lee.browser.post("/account/delete", { typed: "leo", theirs: "leave" });
  t.is(wrong.status, 422);
  t.regex(wrong.text, /value="leave" checked/);
  await growOld(house);
  t.is((await lee.browser.post("/account/delete", { typed: "lee" })).status, 403);
  t.is((await read("lee.localhost")).status, 200);
  const gone = await lee.browser.post("/account/delete", { typed: "lee", "confirm-password": password });

  t.is(gone.status, 200);
  t.regex(gone.text, /Everything is erased on/);
  t.is((await lee.browser.get("/")).status, 303);
  t.is((await read("lee.localhost")).status, 410);
  t.is(await appTokenOf(house.storage, key, house.clock.now()), null);
  t.regex((await mails())[0]!.text, /account\/recall\?token=/);

  const wrongPassword = stranger();
  await wrongPassword.get("/signin");
  t.is((await wrongPassword.post("/signin", { name: "lee", password: "not this one", next: "/" })).status, 422);
  const back = stranger();
  const entered = await signIn(back, "lee");
  t.regex(entered.location ?? "", /^\/account\/recall\?token=/);
  t.regex((await back.get(entered.location!)).text, /lee, everything of yours is erased on/);
  t.is((await read("lee.localhost")).status, 410);
  t.is((await back.post("/account/recall", { token: tokenOf(entered.location!) })).location, "/signin");
  t.is((await back.post("/account/recall", { token: tokenOf(entered.location!) })).status, 410);
  t.is((await signIn(back, "lee")).location, "/");
  t.is((await read("lee.localhost")).status, 200);
  t.truthy(await appTokenOf(house.storage, key, house.clock.now()));
});

test("the link that is shown and mailed calls back too, for those who have no password", async (t) => {
  const { enter, stranger, house } = await openTown(t);
  const lee = await enter("lee");
  const path = linkOf((await lee.browser.post("/account/delete", { typed: "@Lee" })).text);
  const back = stranger();

  t.is((await back.get(path)).status, 200);
  t.is((await back.post("/account/recall", { token: tokenOf(path) })).status, 303);

  t.is((await personByUsername(house.storage, "lee"))?.state, "active");
  t.is((await back.get(path)).status, 410);
});

test("the last admin cannot leave", async (t) => {
  const { kim, house } = await openTown(t);
  await kim.get("/account/delete");

  const page = await kim.post("/account/delete", { typed: "kim" });

  t.is(page.status, 422);
  t.regex(page.text, /This is the last admin/);
  t.is((await personByUsername(house.storage, "kim"))?.state, "active");
});
