import test from "ava";
import { pluginContract } from "../plugin-contract.ts";
import { pluginFolder, source, verdicts } from "./verdicts.testing.ts";

const sound = source(
  "odd",
  `capabilities: ["posts:read"], collections: { seen: {} },
   hooks: { "post.published": ({ post }, context) => context.collection("seen").put(post.id, { at: 1 }) },
   slots: { "after-content": ({ post }, { t }) => post ? { template: "odd", data: { text: t("text") } } : null },
   pages: [{ path: "/odd", title: "Odd", view: async () => ({ template: "odd", data: { text: "page" } }) }],
   screens: [{ on: "blog", path: "/x/odd", access: "owner", title: "Odd", run: async () => ({ template: "odd", data: {} }) },
     { method: "POST", on: "blog", path: "/x/odd", access: "owner", title: "Odd",
       run: async (request) => { await request.form(); return request.redirect(request.at("/x/odd")); } }],
   routes: [{ method: "POST", path: "/odd-route/:id", on: "blog", access: "public", body: "json",
     run: async (request) => { const body = await request.json(); return { json: { ok: typeof body } }; } }],
   tables: [{ name: "p_odd_rows", columns: { id: key(), blog_id: ref(), size: int(0) } }],
   migrations: [{ number: 1, renames: { "p_odd_rows.length": "size" }, dropColumns: { p_odd_rows: { note: optional(text()) } } }]`,
);
const texts = {
  "screens/odd.njk": "<p>Odd</p>\n",
  "templates/odd.njk": "<p>{{ text }}</p>\n",
  "locales/en.json": '{ "text": "Odd, {name}" }',
  "locales/de.json": '{ "text": "Seltsam, {name}" }',
};

test("a sound plugin keeps the whole contract", async (t) => {
  const folder = pluginFolder(t, "odd", { "plugin.ts": sound, ...texts });
  t.deepEqual(await verdicts((one) => pluginContract(one, folder)), {});
});

/** A plugin that breaks one thing: its parts (or files), the test that must tell, and what it says. */
const bad: readonly (readonly [string, string | Record<string, string>, string, RegExp])[] = [
  ["a text missing in one language", { "plugin.ts": sound, ...texts, "locales/de.json": "{}" }, "its manifest", /de\.json/],
  ["a text with another place", { "plugin.ts": sound, ...texts, "locales/de.json": '{"text":"x"}' }, "its manifest", /other/],
  ["no English", { "plugin.ts": sound, "locales/de.json": "{}" }, "its manifest", /en\.json is missing/],
  [
    "a hook that changes what it is given",
    `capabilities: ["posts:write"], hooks: { "post.beforeSave": (post) => { post.title = "x"; return post; } }`,
    "switched on, used",
    /read only|not extensible/,
  ],
  [
    "a hook that gives a class",
    `hooks: { "page.head": () => [{ tag: "meta", attributes: { name: "a", content: new Date(0) } }] }`,
    "switched on, used",
    /no plain data.*Date/,
  ],
  [
    "an activate that adds a row each time",
    `collections: { rows: {} }, lifecycle: { activate: (context) => context.collection("rows").put(String(Math.random()), 1) }`,
    "switched on, used",
    /second activate/,
  ],
  [
    "a slot whose template is not there",
    `slots: { "before-conversation": ({ post }) => post ? { template: "gone" } : null, "after-content": () => ({ template: "x" }) }`,
    "switched on, used",
    /has no template “gone”/,
  ],
  [
    "a screen that fails",
    `screens: [{ on: "hub", path: "/odd", access: "member", title: "Odd", run: async () => { throw new Error("no screen"); } }]`,
    "switched on, used",
    /screen \/odd answers 500|no screen/,
  ],
  [
    "a job that dies",
    `jobs: { odd: { attempts: 1, run: async () => { throw new Error("I die"); } } }, capabilities: ["posts:read"],
     hooks: { "post.published": (_value, context) => context.enqueue("odd", {}) }`,
    "switched on, used",
    /I die/,
  ],
  [
    "a page that stays when it is off",
    `capabilities: ["posts:write"], lifecycle: { activate: async (context) => {
       await context.posts.publish({ content: "Bought by us", status: "published", key: "ad" }); } }`,
    "switched off, pages",
    /deeply equal|Bought by us/,
  ],
  [
    "a failure beside a neighbour that throws",
    `capabilities: ["posts:read"], hooks: { "post.saved": () => { throw new Error("not beside that one"); } }`,
    "throwing neighbour",
    /not beside that one/,
  ],
  [
    "a route that fails on garbage",
    `routes: [{ method: "POST", path: "/odd", on: "blog", access: "public", body: "json",
       run: async (request) => { const body = await request.json(); return { text: body.name.length } } }]`,
    "refuse garbage",
    /POST \/odd on blog answers .* 500/,
  ],
  [
    "a migration that asks for a column that is not there",
    `tables: [{ name: "p_odd_rows", columns: { id: key(), blog_id: ref(), size: int(0) } }],
     migrations: [{ number: 1, run: async (rows) => void (await rows.run("UPDATE p_odd_rows SET size = length")) }]`,
    "its migrations lead",
    /migration 1: .*length/,
  ],
  [
    "an erase that fails",
    `lifecycle: { erase: async () => { throw new Error("I do not go"); } }`,
    "erased, it leaves",
    /I do not go/,
  ],
];

for (const [name, parts, only, expected] of bad)
  test(`the contract tells of ${name}`, async (t) => {
    const files = typeof parts === "string" ? { "plugin.ts": source("odd", parts) } : parts;
    const folder = pluginFolder(t, "odd", files);

    const found = await verdicts((one) => pluginContract(one, folder), only);

    t.regex(Object.values(found).join("\n"), expected, JSON.stringify(found));
  });
