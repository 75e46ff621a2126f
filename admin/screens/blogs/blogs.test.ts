import test from "ava";
import { openTown } from "../people/people.testing.ts";

test("blogs are listed, found and filtered; a moderator reads only", async (t) => {
  const { kim, enter } = await openTown(t);
  await enter("lee");
  const mod = await enter("mod", { role: "moderator", hasBlog: false });

  const all = await kim.get("/admin/blogs");
  const found = await kim.get("/admin/blogs?q=of+LEE&owner=@lee&state=active");
  const read = await mod.browser.get("/admin/blogs/lee.localhost");

  for (const host of ["kim.localhost", "lee.localhost"]) t.true(all.text.includes(`/admin/blogs/${host}"`), host);
  t.false(found.text.includes('/admin/blogs/kim.localhost"'));
  t.true(found.text.includes('/admin/blogs/lee.localhost"'));
  t.regex((await kim.get("/admin/blogs?q=nothing")).text, /No blog fits/);
  t.is(read.status, 200);
  t.false(read.text.includes('action="/admin/blogs/'));
  t.is((await mod.browser.post("/admin/blogs/lee.localhost/suspend", { reason: "x" })).status, 404);
  t.is((await kim.get("/admin/blogs/nowhere.localhost")).status, 404);
});

test("a blog is made for somebody; a name that is kept or taken is refused with one that is free", async (t) => {
  const { kim, enter, read } = await openTown(t);
  await enter("lee");
  const make = (username: string, name: string) => kim.post("/admin/blogs", { username, name, title: "Second" });

  const kept = await make("lee", "admin");
  const taken = await make("lee", "kim");
  const nobody = await make("nobody", "second");
  const made = await make("@lee", "Second");

  t.deepEqual([kept.status, taken.status, nobody.status], [422, 422, 422]);
  t.regex(kept.text, /“admin” is kept for the installation itself\. “admin-writes” is free\./);
  t.regex(taken.text, /“kim” is taken\. “kim-writes” is free\./);
  t.regex(taken.text, /name="title" type="text" value="Second"/);
  t.regex(nobody.text, /no active account/);
  t.is(made.location, "/admin/blogs/second.localhost");
  t.is((await read("second.localhost")).status, 200);
});

test("a blog is suspended with its reason, put on the air again, deleted by its typed name only, and called back", async (t) => {
  const { kim, enter, read, mails } = await openTown(t);
  const lee = await enter("lee");
  const at = "/admin/blogs/lee.localhost";

  t.is((await kim.post(`${at}/suspend`, { reason: "" })).status, 422);
  t.is((await kim.post(`${at}/suspend`, { reason: "Stolen herons." })).location, at);
  t.is((await read("lee.localhost")).status, 410);
  t.regex((await mails())[0]!.text, /Stolen herons\./);
  t.is((await lee.browser.get("/b/lee.localhost/posts")).status, 404);
  t.regex((await lee.browser.get("/account/blogs")).text, /Reason: Stolen herons\./);
  t.is((await lee.browser.post("/account/blogs/lee.localhost/recall", {})).status, 404);
  await kim.post(`${at}/restore`, {});
  t.is((await read("lee.localhost")).status, 200);

  const wrong = await kim.post(`${at}/delete`, { typed: "lee" });
  t.is(wrong.status, 422);
  t.regex(wrong.text, /This is not lee\.localhost/);
  t.is((await kim.post(`${at}/delete`, { typed: "Lee.localhost" })).status, 303);
  t.regex((await read("lee.localhost")).text, /was deleted/);
  t.is((await lee.browser.post("/account/blogs/lee.localhost/recall", {})).status, 404);
  t.is((await kim.post(`${at}/recall`, {})).status, 303);
  t.is((await kim.post(`${at}/recall`, {})).status, 422);
  t.is((await read("lee.localhost")).status, 200);
});
