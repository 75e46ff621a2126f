import test from "ava";
import { mailsOf, withLee } from "../signin/people.testing.ts";

test("a test mail lies in the data folder, is shown there, and says that there is no server", async (t) => {
  const { kim, house } = await withLee(t);

  t.regex((await kim.get("/admin/mail")).text, /no mail server/);
  t.is((await kim.post("/admin/mail/test", { to: "ana@mail.example" })).location, "/admin/mail");
  const [mail] = await mailsOf(house);
  const list = await kim.get("/admin/mail");
  t.regex(list.text, /A test mail to ana@mail\.example is on its way/);
  t.true(list.text.includes(`href="/admin/mail/${mail!.name}"`));
  const shown = await kim.get(`/admin/mail/${mail!.name}`);

  t.regex(shown.text, /Hello Kim,/);
  await kim.post("/signin/reset", { name: "lee" });
  const reset = await kim.get(`/admin/mail/${(await mailsOf(house))[0]!.name}`);
  t.regex(reset.text, /<pre class="card">[^]*<a href="(http:\/\/localhost:\d+\/signin\/reset\/new\?token=[\w-]{43})">\1<\/a>/);
});

test("an address that is none is refused and kept; a file that is no mail is not shown", async (t) => {
  const { kim } = await withLee(t);
  await kim.get("/admin/mail");

  for (const to of ["nobody", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"])
    t.is((await kim.post("/admin/mail/test", { to })).status, 422, to);
  for (const name of ["..%2Fsecret", "secret", "..%2Fmail%2Fx.eml"])
    t.is((await kim.get(`/admin/mail/${name}`)).status, 404, name);
});

test("mail is for admins: others are told there is no such page", async (t) => {
  const { browser } = await withLee(t);
  await browser.post("/signin", { name: "lee", password: "eight geese on the lawn", next: "/" });
  await browser.get("/account");

  t.is((await browser.get("/admin/mail")).status, 404);
  t.is((await browser.post("/admin/mail/test", { to: "ana@mail.example" })).status, 404);
});
