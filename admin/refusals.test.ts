import test from "ava";
import { openTown } from "./screens/people/people.testing.ts";
import { addLanguage, catalogue } from "./texts.ts";

addLanguage("ar-XB", Object.fromEntries(Object.entries(catalogue("en")).map(([key, text]) => [key, `«${text}»`])));

test("whoever is signed in sees what was refused in the dashboard's frame: no such page, not theirs, set up already", async (t) => {
  const { kim, enter } = await openTown(t);
  const { browser: lee } = await enter("lee");

  for (const [browser, path] of [
    [lee, "/admin"],
    [lee, "/b/kim.localhost/posts"],
    [lee, "/nothing/of/the/kind"],
    [kim, "/setup"],
  ] as const) {
    const page = await browser.get(path);
    t.is(page.status, 404, path);
    t.regex(page.text, /<nav class="bar"/, path);
    t.regex(page.text, /<h1>Not found<\/h1>/, path);
    t.regex(page.text, /<title>Error: Not found/, path);
  }
});

test("a forged form and one out of date are refused in the frame, in the language of the account, and change nothing", async (t) => {
  const { kim, house } = await openTown(t);
  await house.storage.write((db) => db.run("UPDATE accounts SET language = 'ar-XB' WHERE username = 'kim'"));

  const forged = await kim.post("/account/profile", { name: "Forged" }, { origin: "https://evil.example" });
  const stale = await kim.post("/account/profile", { name: "Stale", csrf: "old" });

  for (const page of [forged, stale]) {
    t.is(page.status, 403);
    t.regex(page.text, /<html lang="ar-XB" dir="rtl">/);
    t.regex(page.text, /<nav class="bar"/);
    t.regex(page.text, /<h1>«/);
    t.is(page.text.match(/nothing was changed/gi)?.length, 1);
  }
  t.regex(stale.text, /what you typed is still in the old one/);
  t.deepEqual(await house.storage.query("SELECT name FROM accounts WHERE username = 'kim'"), [{ name: "Kim" }]);
});

test("nobody signed in gets a plain page, with the way to the sign-in when a form was on its way", async (t) => {
  const { stranger } = await openTown(t);
  const nobody = stranger();

  t.regex((await nobody.get("/nothing")).text, /<h1>Not found<\/h1>/);
  const sent = await nobody.post("/account/profile", { name: "x" });
  t.is(sent.status, 401);
  t.regex(sent.text, /your text is still there\..*href="\/signin"/s);
});
