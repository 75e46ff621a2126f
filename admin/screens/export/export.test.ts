import test from "ava";
import { growOld } from "../signin/people.testing.ts";
import { linkOf, openTown, password } from "../people/people.testing.ts";

test("an archive is asked for once, made by a job, mailed, and its link works once, for its owner, signed in", async (t) => {
  const { enter, mails, stranger } = await openTown(t);
  const [lee, ana] = [await enter("lee"), await enter("ana")];

  t.regex((await lee.browser.get("/account/export")).text, /No archives yet/);
  t.is((await lee.browser.post("/account/export", {})).location, "/account/export");
  t.is((await lee.browser.post("/account/export", {})).status, 409);
  const path = linkOf((await mails())[0]!.text);
  t.regex((await lee.browser.get("/account/export")).text, /Ready/);

  t.regex((await stranger().get(path)).location ?? "", /^\/signin/);
  t.is((await ana.browser.get(path)).status, 404);
  const zip = await lee.browser.get(path);
  t.is(zip.status, 200);
  t.true(zip.text.startsWith("PK"));
  const again = await lee.browser.get(path);
  t.is(again.status, 410);
  t.regex(again.text, /used already or is over/);
});

test("from the page an archive can be fetched again, after a proof of who one is", async (t) => {
  const { enter, mails, house } = await openTown(t);
  const lee = await enter("lee");
  await lee.browser.post("/account/export", {});
  await mails();
  const id = /account\/export\/([0-9A-Z]{26})\/link/.exec((await lee.browser.get("/account/export")).text)![1]!;

  await growOld(house);
  t.is((await lee.browser.post(`/account/export/${id}/link`, {})).status, 403);
  const { location } = await lee.browser.post(`/account/export/${id}/link`, { "confirm-password": password });

  t.true((await lee.browser.get(location!)).text.startsWith("PK"));
});

test("owners fetch their blog; who is no owner any more does not get its archive", async (t) => {
  const { enter, join, mails, house } = await openTown(t);
  const [lee, ana] = [await enter("lee"), await enter("ana")];
  await join(lee.blog!, ana.person, "owner");
  const at = "/b/lee.localhost/export";

  t.is((await ana.browser.get(at)).status, 200);
  await ana.browser.post(at, {});
  const path = linkOf((await mails())[0]!.text);
  await join(lee.blog!, ana.person, "editor");

  t.is((await ana.browser.get(at)).status, 404);
  t.is((await ana.browser.get(path)).status, 404);
  t.is((await lee.browser.get(path)).status, 404);
  t.is((await house.storage.query("SELECT token_hash FROM one_time_links WHERE purpose = 'export' AND is_used = 1")).length, 0);
});
