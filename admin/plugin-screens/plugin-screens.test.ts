import test from "ava";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blogByHost } from "../../core/blogs/blogs.ts";
import { grant } from "../../core/blogs/memberships.ts";
import { PublicError } from "../../core/errors.ts";
import { definePlugin } from "../../core/host/define-plugin.ts";
import type { Plugin } from "../../core/host/manifest.ts";
import { createAccount, personByUsername } from "../../core/people/accounts.ts";
import { startSession } from "../../core/people/sessions.ts";
import { openDashboard, PlainBrowser, setUp } from "../testing.ts";

const about = { id: "aviary", name: "Aviary", description: "Keeps birds.", version: "1.0.0", api: 1 } as const;

const aviary = definePlugin({
  ...about,
  capabilities: ["posts:read"],
  collections: { seen: {} },
  screens: [
    {
      on: "blog",
      path: "/settings/nests",
      access: "owner",
      title: "Nests",
      menu: "blog",
      run: async ({ context, at }) => ({
        template: "nests",
        data: { seen: (await context.collection<string>("seen").get("bird")) ?? "", at: at("/settings/nests") },
      }),
    },
    {
      method: "POST",
      on: "blog",
      path: "/settings/nests",
      access: "owner",
      title: "Nests",
      run: async ({ context, form, redirect, at }) => {
        const { fields, files } = await form();
        if (fields.get("bird") === "cat") throw new PublicError("aviary.cat", "A cat is no bird.", 422);
        const file = files.map(({ name, type, bytes }) => ` ${name} ${type} ${bytes}`).join("");
        await context.collection<string>("seen").put("bird", fields.get("bird")! + file);
        return redirect(at("/settings/nests"), context.t("noted"));
      },
    },
    {
      on: "blog",
      path: "/birds/:bird",
      access: "author",
      title: "A bird",
      run: ({ params }) => ({ template: "bird", title: params.bird!, data: { bird: params.bird } }),
    },
    {
      on: "hub",
      path: "/aviary",
      access: "member",
      title: "The aviary",
      menu: "you",
      bar: "home",
      home: true,
      hasNews: async ({ context }) => (await context.collection<string>("seen").get("news")) !== null,
      run: ({ path, query }) => ({ template: query.has("cat") ? "broken" : "all", data: { path } }),
    },
    { on: "hub", path: "/aviary/open", access: "public", title: "Open days", menu: "you", run: () => ({ template: "open" }) },
    {
      method: "POST",
      on: "hub",
      path: "/aviary/open",
      access: "public",
      title: "Open days",
      run: ({ redirect }) => redirect("/aviary/open", "Come in."),
    },
    {
      on: "hub",
      path: "/aviary/guard",
      access: "moderator",
      title: "Guard",
      menu: "installation",
      run: () => ({ template: "all" }),
    },
    { on: "hub", path: "/aviary/pick", access: "curator", title: "Pick", run: () => ({ template: "all" }) },
    { on: "hub", path: "/aviary/broken", access: "member", title: "Broken", run: () => ({ template: "broken" }) },
    {
      on: "hub",
      path: "/aviary/throws",
      access: "member",
      title: "Throws",
      run: () => {
        throw new Error("The heron flew.");
      },
    },
    { on: "hub", path: "/aviary/data", access: "member", title: "Data", run: () => ({ json: { birds: 2 } }) },
    {
      on: "hub",
      path: "/aviary/hatch",
      access: "member",
      title: "Hatch",
      run: async ({ context }) => (await context.collection<string>("seen").put("news", "An egg"), { json: {} }),
    },
  ],
});

const files = {
  "screens/nests.njk": `{% from "components/form.njk" import csrfField, field, button %}
<form method="post" action="{{ at }}">{{ csrfField(csrf) }}{{ field("bird", t("bird"), seen) }}{{ button(t("keep")) }}</form>`,
  "screens/bird.njk": "<h1>{{ bird }}</h1><p>{{ t('frame.home') }}</p>",
  "screens/all.njk": "<p>{{ t('hello', { name: account.name }) }}</p><i>{{ path }}</i>",
  "screens/open.njk": `{% from "components/form.njk" import act %}{{ act("/aviary/open", "Enter", csrf) }}`,
  "screens/broken.njk": "{{ nobody() }}",
  "locales/en.json": JSON.stringify({
    bird: "Bird",
    keep: "Keep",
    noted: "Noted.",
    hello: "Hello {name}",
    "screens./aviary": "The aviary",
  }),
  "locales/de.json": JSON.stringify({
    hello: "Hallo {name}",
    "screens./aviary": "Das Vogelhaus",
    "error.aviary.cat": "Eine Katze ist kein Vogel.",
  }),
};

async function openAviary(t: Parameters<typeof openDashboard>[0]) {
  const folder = mkdtempSync(join(tmpdir(), "rookery-aviary-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const given = [{ plugin: aviary as unknown as Plugin, folder, isBundled: true }];
  const greedy = { ...about, id: "greedy", screens: [{ ...aviary.screens![3]!, path: "/account" }] } as unknown as Plugin;
  const rival = { ...about, id: "rival", screens: [{ ...aviary.screens![3]!, path: "/aviary" }] } as unknown as Plugin;
  const others = [greedy, rival].map((plugin) => ({ plugin, folder: `/nowhere/${plugin.id}`, isBundled: true }));
  const parts = await openDashboard(t, { plugins: [...given, ...others] });
  await setUp(parts);
  await parts.house.host.enable("aviary");
  const { storage, clock } = parts.house;
  const person = async (username: string, role: "member" | "curator" | "moderator", blogRole?: "author") => {
    const blog = (await blogByHost(storage, "kim.localhost", parts.house.site))!;
    const { cookie } = await storage.write(async (db) => {
      const made = await createAccount(db, { username, name: username, email: null, passwordHash: "" }, clock.now());
      await db.run("UPDATE accounts SET role = ? WHERE id = ?", [role, made.id]);
      if (blogRole) await grant(db, { blogId: blog.id, accountId: made.id, role: blogRole }, clock.now());
      return startSession(db, made.id, { userAgent: "", address: "192.0.2.7", isConfirmed: true }, clock.now());
    });
    return async (path: string) =>
      (await fetch(parts.url + path, { headers: { cookie: `rk=${cookie}` }, redirect: "manual" })).status;
  };
  return { ...parts, person };
}

test("a plugin's screen stands in the dashboard, takes forms with files, and goes with the plugin", async (t) => {
  const { browser, house } = await openAviary(t);

  const page = await browser.get("/b/kim.localhost/settings/nests");
  t.is(page.status, 200);
  t.regex(page.text, /<h1>Nests<\/h1>/);
  t.regex(page.text, /<title>Nests – Birds – /);
  t.regex(page.text, /<a href="\/b\/kim\.localhost\/settings\/nests" aria-current="page">Nests<\/a>/);
  const form = new FormData();
  form.set("bird", "<heron>");
  form.set("picture", new File(["12345"], "heron.jpg", { type: "image/jpeg" }));
  const sent = await browser.post("/b/kim.localhost/settings/nests", form);
  t.deepEqual([sent.status, sent.location], [303, "/b/kim.localhost/settings/nests"]);
  const after = await browser.get("/b/kim.localhost/settings/nests");
  t.regex(after.text, /role="status">Noted\.</);
  t.regex(after.text, /&lt;heron&gt; heron\.jpg image\/jpeg 5/);
  const refused = await browser.post("/b/kim.localhost/settings/nests", { bird: "cat" });
  t.is(refused.status, 422);
  t.regex(refused.text, /A cat is no bird\./);
  t.is((await browser.post("/b/kim.localhost/settings/nests", { csrf: "made-up", bird: "crow" })).status, 403);
  t.is((await browser.post("/b/kim.localhost/settings/nests", { bird: "crow" }, { origin: "https://evil.example" })).status, 403);
  const bird = await browser.get("/b/kim.localhost/birds/crow%20one");
  t.is(bird.text.match(/<h1/g)!.length, 1);
  t.regex(bird.text, /<h1>crow one<\/h1>/);
  t.is((await browser.get("/b/nobody.localhost/birds/crow")).status, 404);
  t.regex((await browser.get("/aviary/data")).text, /\{"birds":2\}/);

  const more = await browser.get("/more");
  for (const [href, title] of [
    ["/b/kim.localhost/settings/nests", "Nests"],
    ["/aviary", "The aviary"],
    ["/aviary/guard", "Guard"],
  ])
    t.true(more.text.includes(`<li><a href="${href}">${title}</a></li>`), href);
  t.regex(more.text, /<li class="wide"><a href="\/aviary">/);
  t.regex((await browser.get("/find?q=aviary")).text, /href="\/aviary"/);
  t.false(more.text.includes("something new"));
  await browser.get("/aviary/hatch");
  const later = (await browser.get("/more")).text;
  t.is(later.match(/\(something new\)/g)?.length, 3, "in the bar, at More, and in the list");
  t.regex(later, /href="\/aviary">The aviary<span class="dot"><\/span><span class="unseen"> \(something new\)/);

  const blog = (await blogByHost(house.storage, "kim.localhost", house.site))!;
  await house.host.disable("aviary", { blog });
  t.is((await browser.get("/b/kim.localhost/settings/nests")).status, 404);
  t.is((await browser.get("/aviary")).status, 200);
  t.false((await browser.get("/more")).text.includes("settings/nests"));
  await house.host.disable("aviary");
  t.is((await browser.get("/aviary")).status, 404);
  t.false((await browser.get("/more")).text.includes("aviary"));
  await house.host.enable("aviary");
  t.is((await browser.get("/aviary")).status, 200);
});

test("each screen opens to whom it says, and to nobody else", async (t) => {
  const { browser, person, url } = await openAviary(t);
  const paths = [
    "/aviary",
    "/aviary/open",
    "/aviary/guard",
    "/aviary/pick",
    "/b/kim.localhost/birds/crow",
    "/b/kim.localhost/settings/nests",
  ];
  const seen = async (get: (path: string) => Promise<number>) => Promise.all(paths.map(get));

  t.deepEqual(await seen(async (path) => (await browser.get(path)).status), [200, 200, 200, 200, 200, 200]);
  t.deepEqual(await seen(await person("lee", "member", "author")), [200, 200, 404, 404, 200, 404]);
  t.deepEqual(await seen(await person("ana", "member")), [200, 200, 404, 404, 404, 404]);
  t.deepEqual(await seen(await person("mo", "moderator")), [200, 200, 200, 200, 404, 404]);
  t.deepEqual(await seen(await person("cy", "curator")), [200, 200, 404, 200, 404, 404]);
  const stranger = new PlainBrowser(url);
  t.deepEqual(await seen(async (path) => (await stranger.get(path)).status), [303, 200, 303, 303, 303, 303]);
  await stranger.get("/aviary/open");
  t.is((await stranger.post("/aviary/open", {})).location, "/aviary/open");
  t.regex((await stranger.get("/aviary/open")).text, /Come in\./);
});

test("a screen speaks the reader's language; one that fails costs its own page only and is counted", async (t) => {
  const { browser, house } = await openAviary(t);
  const kim = (await personByUsername(house.storage, "kim"))!;
  await house.storage.write((db) => db.run("UPDATE accounts SET language = 'de' WHERE id = ?", [kim.id]));

  const page = await browser.get("/aviary");
  t.regex(page.text, /<h1>Das Vogelhaus<\/h1>\s*<p>Hallo Kim<\/p>/);
  await browser.get("/b/kim.localhost/settings/nests");
  t.regex((await browser.post("/b/kim.localhost/settings/nests", { bird: "cat" })).text, /Eine Katze ist kein Vogel\./);
  const before = house.host.guard.records.get("aviary")!.failures;
  for (const path of ["/aviary/broken", "/aviary/throws"]) {
    const failed = await browser.get(path);
    t.is(failed.status, 500);
    t.regex(failed.text, /<h1>Dieser Teil ist fehlgeschlagen<\/h1>/);
    t.regex(failed.text, /Nummer [0-9a-f-]{36}/);
    t.regex(failed.text, /class="bar"/);
  }
  const record = house.host.guard.records.get("aviary")!;
  t.is(record.failures, before + 2);
  t.is(record.lastPart, "screen GET /aviary/throws");
});

test("the start page has what a plugin puts there, below the composer; the sign-in leads to what is open to all", async (t) => {
  const { browser, house, url } = await openAviary(t);

  const home = await browser.get("/");
  t.regex(home.text, /<textarea id="content"[\s\S]*<p>Hello Kim<\/p><i>\/<\/i>[\s\S]*id="checklist"/);
  const broken = await browser.get("/?cat=1");
  t.is(broken.status, 200);
  t.regex(broken.text, /<textarea id="content"[\s\S]*This part failed/);
  const stranger = new PlainBrowser(url);
  t.regex((await stranger.get("/signin")).text, /<li><a href="\/aviary\/open">Open days<\/a><\/li>/);
  t.notRegex((await stranger.get("/signin")).text, /href="\/aviary"/);
  await house.host.disable("aviary");
  t.notRegex((await browser.get("/")).text, /Hello Kim/);
});

test("who claims an address of the dashboard, or of another plugin, is refused by name", async (t) => {
  const { house } = await openAviary(t);

  await t.throwsAsync(house.host.enable("greedy"), { message: /“greedy” claims GET \/account, which is the dashboard's own/ });
  await t.throwsAsync(house.host.enable("rival"), { message: /“aviary” and “rival” both claim GET \/aviary/ });
});
