import test from "ava";
import { openDashboard, setUp } from "../../testing.ts";

const tokenOf = (link: string) => new URL(link).searchParams.get("token")!;

test("the first step looks at mail and at the address the browser came by, and can be repeated", async (t) => {
  const { browser, link } = await openDashboard(t);

  const page = (await browser.get(link)).text;

  t.regex(page, /There is no mail server/);
  t.regex(page, /href="\/setup\?token=[^"]+">Check again/);
  t.notRegex(page, /Your browser came by/);
});

test("who brings posts finds an importer switched on, whatever set was chosen", async (t) => {
  const parts = await openDashboard(t);
  const { browser, link, house } = parts;
  const token = tokenOf(link);
  await browser.get(`/setup/you?token=${token}`);
  await browser.post("/setup/you", { token, name: "Kim", username: "kim", email: "", password: "seven herons in the reeds" });
  const blog = { title: "Birds", description: "", blogName: "kim", language: "en", timeZone: "UTC", theme: "perch" };
  await browser.post("/setup/blog", { token, ...blog });
  t.regex((await browser.get(`/setup/purpose?token=${token}`)).text, /WordPress/);

  const done = await browser.post("/setup/purpose", { token, purpose: "none", posts: "bring" });

  t.is(done.location, "/b/kim.localhost/import");
  const on = (await house.host.list()).filter(({ state }) => state === "enabled").map(({ id }) => id);
  t.true(on.includes("import-wordpress"));
  t.false(on.includes("feeds"));
});

test("what is left to do stands on the first page until somebody says not to show it again", async (t) => {
  const parts = await openDashboard(t);
  await setUp(parts);
  const { browser } = parts;

  const home = (await browser.get("/")).text;
  for (const item of ["domain of your own", "photo of yourself", "Connect a service", "Invite somebody"])
    t.true(home.includes(item), item);
  t.is((await browser.post("/setup/checklist/hide", {})).location, "/");
  t.notRegex((await browser.get("/")).text, /Getting started/);
});

test("an invitation that was sent counts as done", async (t) => {
  const parts = await openDashboard(t);
  await setUp(parts);
  const { browser } = parts;
  t.regex((await browser.get("/")).text, /<a href="\/admin\/people#invitations">Invite somebody/);
  await browser.post("/admin/people/invitations", { email: "" });

  t.regex((await browser.get("/")).text, /<span>Invite somebody<\/span>/);
});
