import test from "ava";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { blogByHost, changeBlog, makeBlogWithOwner } from "../../../core/blogs/blogs.ts";
import { zip } from "../../../core/net/zip-write.ts";
import { createAccount } from "../../../core/people/accounts.ts";
import { openDashboard, setUp } from "../../testing.ts";

const manifest = {
  id: "marsh",
  name: "Marsh",
  version: "1.0.0",
  description: "Wet.",
  license: "MIT",
  engine: "1",
  parent: "perch",
};

function archive(files: Readonly<Record<string, string>> = {}, more: object = {}): FormData {
  const all = { "theme.json": JSON.stringify({ ...manifest, ...more }), "README.md": "# Marsh", ...files };
  const bytes = zip(Object.entries(all).map(([path, text]) => ({ path: `marsh/${path}`, bytes: Buffer.from(text) })));
  const form = new FormData();
  form.append("theme", new File([new Uint8Array(bytes)], "marsh.zip", { type: "application/zip" }));
  return form;
}

async function open(t: Parameters<typeof openDashboard>[0]) {
  const parts = await openDashboard(t);
  await setUp(parts);
  await parts.browser.get("/admin/themes");
  const folder = join(parts.house.settings.dataFolder, "themes");
  const leftovers = () => {
    const incoming = join(parts.house.settings.dataFolder, "themes-incoming");
    return existsSync(incoming) ? readdirSync(incoming) : [];
  };
  return { ...parts, folder, leftovers };
}

test("the list shows the picture that a theme brings along", async (t) => {
  const { browser } = await open(t);

  await browser.post("/admin/themes", archive());
  const page = (await browser.get("/admin/themes")).text;
  t.regex(page, /<img class="theme-picture" src="\/admin\/themes\/perch\/picture" alt=""/);
  t.notRegex(page, /themes\/marsh\/picture/);
  t.is((await browser.script("GET", "/admin/themes/perch/picture")).headers.get("content-type"), "image/png");
  t.is((await browser.get("/admin/themes/marsh/picture")).status, 404);
});

test("an archive of a theme is checked and installed; a newer one takes its place", async (t) => {
  const { browser, folder, leftovers } = await open(t);

  t.is((await browser.post("/admin/themes", archive())).location, "/admin/themes");
  const page = (await browser.get("/admin/themes")).text;
  t.regex(page, /Marsh 1\.0\.0 is installed/);
  t.regex(page, /No blog uses it\./);
  t.true(existsSync(join(folder, "marsh/theme.json")));
  await browser.post("/admin/themes", archive({}, { version: "1.1.0" }));
  t.regex((await browser.get("/admin/themes")).text, /Marsh is version 1\.1\.0 now/);
  t.deepEqual(leftovers(), []);
});

test("a theme with errors is not installed, and each is named with its file", async (t) => {
  const { browser, folder, leftovers } = await open(t);

  const page = await browser.post("/admin/themes", archive({ "templates/post.njk": "{% if %}", "assets/run.exe": "x" }));

  t.is(page.status, 422);
  t.regex(page.text, /marsh\.zip was not installed/);
  t.regex(page.text, /templates\/post\.njk/);
  t.regex(page.text, /assets\/run\.exe/);
  t.false(existsSync(join(folder, "marsh")));
  t.deepEqual(leftovers(), []);
});

test("a theme that runs scripts is asked for first", async (t) => {
  const { browser, folder } = await open(t);
  const scripted = () => archive({ "assets/run.js": "alert(1)" }, { scripts: ["run.js"] });

  const asked = await browser.post("/admin/themes", scripted());
  t.is(asked.status, 422);
  t.regex(asked.text, /Let it run these scripts on readers’ pages: run\.js/);
  t.false(existsSync(join(folder, "marsh")));
  const form = scripted();
  form.append("scripts", "on");
  t.is((await browser.post("/admin/themes", form)).status, 303);
});

test("what is no theme, leads out of its folder or would replace one of Rookery's own is refused in words", async (t) => {
  const { browser, folder } = await open(t);
  const sent = (bytes: Uint8Array) => {
    const form = new FormData();
    form.append("theme", new File([new Uint8Array(bytes)], "x.zip"));
    return browser.post("/admin/themes", form);
  };
  const file = (path: string, text: string) => ({ path, bytes: Buffer.from(text) });

  for (const [bytes, sentence] of [
    [Buffer.from("words and words and words"), /This is no zip archive/],
    [zip([file("marsh/a.txt", "a")]), /There is no theme\.json in the archive/],
    [zip([file("theme.json", "{")]), /theme\.json is wrong|names no “id”/],
    [zip([file("marsh/theme.json", JSON.stringify(manifest)), file("other/x", "x")]), /Beside the theme/],
    [zip([file("marsh/theme.json", JSON.stringify(manifest)), file("marsh/../../evil", "x")]), /could lead elsewhere/],
  ] as const) {
    const page = await sent(bytes);
    t.is(page.status, 422, String(sentence));
    t.regex(page.text, sentence);
  }
  const own = await sent(zip([file("theme.json", JSON.stringify({ ...manifest, id: "perch" }))]));
  t.is(own.status, 409);
  t.false(existsSync(folder) && readdirSync(folder).length > 0);
  t.is((await browser.post("/admin/themes", {})).status, 422);
});

test("new blogs begin with the chosen theme; one that is used, stood on or chosen is not removed", async (t) => {
  const { browser, house, folder } = await open(t);
  await browser.post("/admin/themes", archive());
  const remove = () => browser.post("/admin/themes/marsh/remove", {});

  t.is((await browser.post("/admin/themes/marsh/default", {})).status, 303);
  t.is((await remove()).status, 409);
  const now = house.clock.now();
  const lee = await house.storage.write((db) => createAccount(db, { username: "lee", passwordHash: null }, now));
  await house.storage.write((db) => makeBlogWithOwner(db, { name: "lee", ownerId: lee.id }, house.site, now));
  const blog = (await blogByHost(house.storage, "lee.localhost", house.site))!;
  t.is(blog.theme, "marsh");
  await browser.post("/admin/themes/perch/default", {});
  t.regex((await remove()).text, /Blogs use “Marsh”/);
  await house.storage.write((db) => changeBlog(db, blog.id, { theme: "perch" }, now));
  t.is((await browser.get("/admin/themes/marsh/remove")).status, 200);
  t.is((await remove()).status, 303);
  t.false(existsSync(join(folder, "marsh")));
  for (const id of ["perch", "nothing", "..%2Fmedia"])
    t.true((await browser.post(`/admin/themes/${id}/remove`, {})).status >= 404, id);
});
