import test from "ava";
import sharp from "sharp";
import { createAccount } from "../core/people/accounts.ts";
import { hashPassword } from "../core/people/passwords.ts";
import { openDashboard, PlainBrowser, setUp } from "./testing.ts";

const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#4a7" } })
  .png()
  .toBuffer();
const postIn = (location: string | null) => /\/posts\/([0-9A-Z]{26})$/.exec(location ?? "")?.[1] ?? "";
const addressIn = (text: string) => /<a href="(http:\/\/kim\.localhost[^"]+)">See it/.exec(text)?.[1] ?? "";

test("the wizard opens with its link only, makes admin and blog once, and is gone afterwards", async (t) => {
  const parts = await openDashboard(t);
  const { browser, link } = parts;

  t.is((await browser.get("/")).location, "/setup");
  t.regex((await browser.get("/setup")).text, /printed in the terminal/);
  t.is((await browser.get("/setup?token=wrong")).status, 403);
  t.is((await browser.get("/setup/blog?token=wrong")).status, 403);
  t.is((await browser.get(link)).status, 200);
  await setUp(parts);

  t.is((await browser.get("/")).status, 200);
  t.is((await browser.get(link)).status, 404);
  t.is((await parts.house.storage.query("SELECT id FROM accounts WHERE role = 'admin'")).length, 1);
});

test("a wizard's step that is not right comes back with what was typed and says where", async (t) => {
  const { browser, link } = await openDashboard(t);
  const token = new URL(link).searchParams.get("token")!;
  await browser.get(link);
  await browser.get(`/setup/you?token=${token}`);

  const page = await browser.post("/setup/you", { token, name: "Kim <b>", username: "admin", email: "x", password: "password1" });

  t.is(page.status, 422);
  t.regex(page.text, /value="Kim &lt;b&gt;"/);
  for (const id of ["username", "email", "password"]) t.true(page.text.includes(`href="#${id}"`), id);
  t.false(page.text.includes("password1"));
});

test("without script: a photo with its description is published, seen, edited, trashed, restored and erased", async (t) => {
  const parts = await openDashboard(t);
  const { browser } = parts;
  await setUp(parts);
  const at = (id: string, rest = "") => `/b/kim.localhost/posts/${id}${rest}`;
  await browser.get("/compose?blog=kim.localhost");
  const form = new FormData();
  for (const [name, value] of Object.entries({ blog: "kim.localhost", content: "A *heron*", "mp-photo-alt[]": "A grey heron" }))
    form.append(name, value);
  form.append("photo[]", new File([new Uint8Array(picture)], "heron.png", { type: "image/png" }));
  form.append("intent", "add-file");

  const added = await browser.post("/compose", form);
  const photo = /name="photo\[\]" value="([0-9A-Z]{26})"/.exec(added.text)?.[1] ?? "";
  t.is(added.status, 200);
  t.regex(added.text, /A \*heron\*/);
  t.regex(added.text, /A grey heron/);

  const fields = {
    blog: "kim.localhost",
    content: "A *heron*",
    "photo[]": photo,
    "mp-photo-alt[]": "A grey heron",
    category: "Birds, Walks",
  };
  const id = postIn((await browser.post("/compose", { ...fields, intent: "publish" })).location);
  const shown = await browser.get(at(id));
  t.regex(shown.text, /Published\./);
  for (const action of ["/unpublish", "/trash"]) t.true(shown.text.includes(`action="${at(id, action)}"`), action);
  t.regex(addressIn(shown.text), /^http:\/\/kim\.localhost:\d+\/\d{4}\//);

  const edit = await browser.get(at(id, "/edit"));
  t.regex(edit.text, /Birds, Walks/);
  const version = /name="version" value="(\d+)"/.exec(edit.text)![1]!;
  await browser.post(at(id, "/edit"), { ...fields, content: "Two herons", version, intent: "update" });
  const stale = await browser.post(at(id, "/edit"), { ...fields, content: "Mine", version, intent: "update" });
  t.is(stale.status, 409);
  t.regex(stale.text, /Two herons/);
  t.regex(stale.text, /Mine/);

  await browser.post(at(id, "/trash"), {});
  t.regex((await browser.get("/b/kim.localhost/posts?tab=trash")).text, /Two herons/);
  await browser.post(at(id, "/restore"), {});
  t.regex((await browser.get("/b/kim.localhost/posts")).text, /Two herons/);
  t.is((await browser.post(at(id, "/erase"), {})).status, 409);
  await browser.post(at(id, "/trash"), {});
  t.is((await browser.post(at(id, "/erase"), {})).status, 303);
  t.is((await browser.get(at(id))).status, 404);
});

test("what is refused comes back whole: an empty post, a file that is no picture, a date that is none", async (t) => {
  const parts = await openDashboard(t);
  const { browser } = parts;
  await setUp(parts);

  const empty = await browser.post("/compose", { blog: "kim.localhost", content: "  ", intent: "publish" });
  const date = await browser.post("/compose", {
    blog: "kim.localhost",
    content: "Kept words",
    published: "soon",
    intent: "publish",
  });
  const form = new FormData();
  for (const [name, value] of Object.entries({ blog: "kim.localhost", content: "Kept too", intent: "publish" }))
    form.append(name, value);
  form.append("photo[]", new File(["<svg onload=alert(1)>"], "bad.svg"));
  const file = await browser.post("/compose", form);

  t.is(empty.status, 422);
  t.regex(empty.text, /Write something or add a photo/);
  t.is(date.status, 422);
  t.regex(date.text, /Kept words/);
  t.is(file.status, 422);
  t.regex(file.text, /Kept too/);
  t.regex(file.text, /bad\.svg/);
});

test("the preview shows the post in a frame without scripts and keeps the form", async (t) => {
  const parts = await openDashboard(t);
  await setUp(parts);

  const fields = { blog: "kim.localhost", content: "**Strong** <script>alert(1)</script>", intent: "preview" };
  const page = await parts.browser.post("/compose", fields);

  t.is(page.status, 200);
  t.regex(
    page.text,
    /<iframe class="preview tall" sandbox="allow-same-origin" [^>]*src="http:\/\/kim\.localhost:\d+\/\?rk-preview=/,
  );
  t.notRegex(page.text, /<script>alert/);
  t.regex(page.text, /\*\*Strong\*\* &lt;script/);
  t.is((await parts.house.storage.query("SELECT id FROM posts")).length, 0);
});

test("every screen of an admin draws, and nobody signed out or of another blog gets in", async (t) => {
  const parts = await openDashboard(t);
  await setUp(parts);
  const blog = "/b/kim.localhost";
  const own = [
    "/",
    "/more",
    "/compose",
    `${blog}/posts`,
    `${blog}/posts?tab=constructor`,
    `${blog}/pages`,
    `${blog}/design`,
    `${blog}/settings`,
    `${blog}/import`,
    "/account",
  ];
  const admins = ["/admin", "/admin/plugins", "/admin/plugins/feeds", "/admin/jobs", "/admin/jobs?state=dead"];

  for (const path of [...own, ...admins]) {
    const page = await parts.browser.get(path);
    t.is(page.status, 200, path);
    t.false(page.text.includes("[object"), path);
  }
  t.is((await parts.browser.get("/b/lee.localhost/posts")).status, 404);
  t.is((await parts.browser.get(`${blog}/posts/not-an-id`)).status, 404);
  t.is((await parts.browser.get("/admin/plugins/nothing")).status, 404);

  await parts.browser.post("/signout", {});
  for (const path of [...own, ...admins]) t.regex((await parts.browser.get(path)).location ?? "", /^\/signin\?next=/, path);
});

test("a form without its token, or from another site, changes nothing", async (t) => {
  const parts = await openDashboard(t);
  await setUp(parts);
  const { browser, house } = parts;
  const fields = { blog: "kim.localhost", content: "Not me", intent: "publish" };

  t.is((await browser.post("/compose", { ...fields, csrf: "wrong" })).status, 403);
  t.is((await browser.post("/compose", fields, { origin: "https://evil.example" })).status, 403);
  t.is((await browser.post("/compose", fields, { "sec-fetch-site": "cross-site" })).status, 403);
  t.is((await house.storage.query("SELECT id FROM posts")).length, 0);
});

test("sign-in says the same for a wrong name and a wrong password, and goes on where one wanted to", async (t) => {
  const parts = await openDashboard(t);
  await setUp(parts);
  const { browser } = parts;
  await browser.post("/signout", {});
  await browser.get("/signin?next=/account");
  const enter = (name: string, password: string) => browser.post("/signin", { name, password, next: "/account" });

  const wrongName = await enter("nobody", "seven herons in the reeds");
  const wrongPassword = await enter("kim", "seven herons");
  const right = await enter("kim", "seven herons in the reeds");

  t.is(wrongName.status, 422);
  const bare = (text: string) => text.replaceAll(/value="(nobody|kim|[\w-]{43})"/g, "");
  t.is(bare(wrongName.text), bare(wrongPassword.text));
  t.is(right.location, "/account");
});

test("a plugin is switched off and on, its settings are stored or refused, its data deleted by its name only", async (t) => {
  const parts = await openDashboard(t);
  await setUp(parts);
  const { browser, house } = parts;
  const at = "/admin/plugins/feeds";
  const state = async () => (await house.host.list()).find((one) => one.id === "feeds")!.state;

  t.is(await state(), "enabled");
  t.is((await browser.post(`${at}/disable`, {})).status, 303);
  t.is(await state(), "disabled");
  t.is((await browser.post(`${at}/erase`, { name: "wrong" })).status, 422);
  t.is((await browser.post(`${at}/erase`, { name: "feeds" })).status, 303);
  t.is(await state(), "available");
  t.is((await browser.post(`${at}/enable`, {})).status, 303);
  t.is(await state(), "enabled");
  const number = /name="(s-[\w-]+)" type="number"/.exec((await browser.get(at)).text)![1]!;
  t.is((await browser.post(`${at}/settings`, { [number]: "many" })).status, 422);
  t.is((await browser.post(`${at}/settings`, { [number]: "12" })).status, 303);
  t.regex((await browser.get(at)).text, new RegExp(`name="${number}" type="number" value="12"`));
});

test("a token is shown once and works; sessions elsewhere end with a new password", async (t) => {
  const parts = await openDashboard(t);
  await setUp(parts);
  const { browser } = parts;
  const password = "seven herons in the reeds";

  t.is((await browser.post("/account/apps", { app: "Quill", scope: ["create"], "app-password": "wrong one" })).status, 422);
  const made = await browser.post("/account/apps", { app: "Quill", scope: ["create", "media"], "app-password": password });
  t.regex(made.text, /\b[0-9A-F]{20}\b/);
  t.notRegex((await browser.get("/account")).text, /\b[0-9A-F]{20}\b/);
  t.regex((await browser.get("/account")).text, /Quill/);

  const profile = { name: "Kim", email: "kim@kim.example", bio: "", language: "en", timeZone: "UTC" };
  t.is((await browser.post("/account/profile", profile)).status, 422);
  t.is((await browser.post("/account/profile", { ...profile, "email-password": password })).status, 303);
  t.is((await browser.post("/account/profile", { ...profile, name: "Kim K" })).status, 303);
  t.regex((await browser.get("/account")).text, /value="kim@kim\.example"/);

  const thief = new PlainBrowser(parts.url);
  thief.borrow(browser);
  t.is((await thief.get("/account")).status, 200);

  const fields = { "current-password": password, "new-password": "eight geese on the lawn" };
  t.is((await browser.post("/account/password", fields)).status, 303);
  t.is((await browser.get("/account")).status, 200);
  t.is((await thief.get("/account")).status, 303);
});

test("an author of another blog sees neither this blog's drafts nor the admin's screens", async (t) => {
  const parts = await openDashboard(t);
  await setUp(parts);
  const { browser, house, url } = parts;
  const id = postIn(
    (await browser.post("/compose", { blog: "kim.localhost", content: "A secret draft", intent: "draft" })).location,
  );
  const passwordHash = await hashPassword("eight geese on the lawn");
  await house.storage.write((db) => createAccount(db, { username: "lee", passwordHash }, house.clock.now()));
  const lee = new PlainBrowser(url);
  await lee.get("/signin");
  await lee.post("/signin", { name: "lee", password: "eight geese on the lawn" });

  for (const path of [
    "/admin",
    "/admin/plugins",
    "/admin/jobs",
    `/b/kim.localhost/posts/${id}`,
    `/b/kim.localhost/posts/${id}/edit`,
  ])
    t.is((await lee.get(path)).status, 404, path);
  t.is((await lee.get("/")).status, 200);
});
