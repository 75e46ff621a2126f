import test from "ava";
import type { ExecutionContext } from "ava";
import { databases, testDatabase } from "../../storage/testing.ts";
import { createTestHost } from "../../testing/test-host.ts";
import { blogById } from "../../blogs/blogs.ts";
import { testFolder, themeJson } from "../testing.ts";
import { designOf } from "../style/design.ts";
import { settingFields } from "../style/setting-fields.ts";
import { bundledThemes, Themes } from "../themes/themes.ts";
import { designHistory, designProblems, pastDesign, previewDesign, restoreDesign, saveDesign } from "./designs.ts";

const settings = [
  { key: "gap", type: "range", label: { en: "Gap", de: "Abstand" }, min: 1, max: 9, default: 3, cssVar: "gap" },
  { key: "paper", type: "color", label: "paper.label", default: "#ffffff", renamedFrom: "background" },
  { key: "face", type: "font", label: "Face", visibleWhen: { key: "gap", in: [1, 2] } },
  {
    key: "shape",
    type: "radio",
    label: "Shape",
    help: "How it looks.",
    group: { en: "Forms", de: "Formen" },
    options: ["round", { value: "flat", label: { en: "Flat", de: "Flach" } }],
  },
];

async function dressed(t: ExecutionContext, dialect: (typeof databases)[number] = "sqlite") {
  const host = await createTestHost(t, { databaseUrl: await testDatabase(t, dialect) });
  const installed = testFolder(t, {
    "nest/theme.json": themeJson("nest", { settings, parent: "perch" }),
    "nest/locales/en.json": '{"paper.label": "Paper"}',
    "nest/locales/de.json": '{"paper.label": "Papier"}',
    "sick/theme.json": "{",
  });
  const themes = new Themes({ bundled: bundledThemes, installed });
  const scope = host.scope();
  const worn = async () => ({ ...scope, blog: (await blogById(scope.storage, scope.blog!.id, scope.site))! });
  return { host, themes, scope, worn };
}

for (const dialect of databases)
  test(`${dialect}: a look is saved with its theme, kept in the history, and comes back with everything it had`, async (t) => {
    const { themes, scope, worn, host } = await dressed(t, dialect);

    const first = await saveDesign(scope, themes, { theme: "nest", core: { accent: "#ff0000" }, values: { gap: 5 } }, "");
    t.like((await worn()).blog, { theme: "nest" });
    t.is(designOf((await worn()).blog, themes.chain("nest")).values.gap, 5);
    await t.throwsAsync(saveDesign(scope, themes, { core: { accent: null } }, ""), { message: /meanwhile/ });
    host.clock.advance({ minutes: 1 });
    await saveDesign(await worn(), themes, { theme: "perch", core: { accent: null } }, first.id);
    t.like((await worn()).blog, { theme: "perch" });
    t.is(designOf((await worn()).blog, themes.chain("perch")).accent, null);

    const history = await designHistory(scope);
    t.deepEqual(
      history.map(({ theme }) => theme),
      ["perch", "nest", "perch"],
    );
    t.like(await pastDesign(scope, first.id), { theme: "nest", design: { accent: "#ff0000" } });
    host.clock.advance({ minutes: 1 });
    await restoreDesign(await worn(), themes, first.id);
    t.like((await worn()).blog, { theme: "nest" });
    t.is(designOf((await worn()).blog, themes.chain("nest")).values.gap, 5);
    for (let at = 0; at < 25; at++) await saveDesign(await worn(), themes, { values: { gap: 1 + (at % 9) } });
    t.is((await designHistory(scope)).length, 20);
    await t.throwsAsync(restoreDesign(scope, themes, first.id), { message: /not kept/ });
  });

test("settings of a theme stay while another is worn, and under a new name", async (t) => {
  const { themes, scope, worn } = await dressed(t);
  await scope.storage.write((db) =>
    db.run("UPDATE blogs SET settings = ?", [
      JSON.stringify({ design: { themes: { nest: { gap: 7, background: "#000000" } } } }),
    ]),
  );
  const values = async () => designOf((await worn()).blog, themes.chain("nest")).values;

  await saveDesign(scope, themes, { theme: "nest" });
  t.like(await values(), { gap: 7, paper: "#000000" });
  await saveDesign(await worn(), themes, { theme: "perch", values: { group_by_day: false } });
  await saveDesign(await worn(), themes, { theme: "nest" });
  t.like(await values(), { gap: 7, paper: "#000000", group_by_day: true });
});

test("what cannot be is refused, field by field", async (t) => {
  const { themes, scope } = await dressed(t);
  const wrong = designProblems(scope, themes, {
    theme: "nest",
    core: { accent: "red", colorScheme: "sepia", postsPerPage: 0, customCss: "p{}\n@import 'x';\n}" },
    values: { gap: 99, paper: 3, face: "Comic Sans", nothing: 1 },
  });

  t.deepEqual(
    wrong.map(({ field, key, values }) => `${field} ${key} ${values.line ?? ""}`.trim()),
    [
      "accent design.color",
      "colorScheme design.choice",
      "postsPerPage design.per-page",
      "customCss design.css-import 2",
      "customCss design.css-close 3",
      "gap design.number",
      "paper design.color",
      "face design.choice",
      "nothing design.setting",
    ],
  );
  await t.throwsAsync(saveDesign(scope, themes, { core: { customCss: `${"x".repeat(5_000_000)}` } }), { message: /64 KB/ });
  await t.throwsAsync(saveDesign(scope, themes, { theme: "sick" }), { message: /cannot be used/ });
  await t.throwsAsync(saveDesign(scope, themes, { theme: "../etc" }), { message: /cannot be used/ });
  t.deepEqual(await designHistory(scope), []);
});

test("a form asks in its reader's language, for the parents' settings first", (t) => {
  const installed = testFolder(t, {
    "nest/theme.json": themeJson("nest", { settings, parent: "perch" }),
    "nest/locales/en.json": '{"paper.label": "Paper"}',
    "nest/locales/de.json": JSON.stringify({
      "paper.label": "Papier",
      "settings.shape.label": "Gestalt",
      "settings.shape.help": "So sieht es aus.",
      "settings.shape.options.round": "Rund",
    }),
  });
  const chain = new Themes({ bundled: bundledThemes, installed }).chain("nest");
  const fields = settingFields(chain, "de-AT");
  const own = fields.slice(-4);

  t.deepEqual(
    own.map(({ key, label }) => [key, label]),
    [
      ["gap", "Abstand"],
      ["paper", "Papier"],
      ["face", "Face"],
      ["shape", "Gestalt"],
    ],
  );
  t.like(own[3], {
    help: "So sieht es aus.",
    group: "Formen",
    options: [
      { value: "round", label: "Rund" },
      { value: "flat", label: "Flach" },
    ],
  });
  t.deepEqual(own[2]?.when, { gap: [1, 2] });
  t.true(own[2]?.options?.some((option) => typeof option === "object" && option.value === "serif"));
  t.is(fields[0]?.key, "profile");
});

test("an unsaved look is seen with its own style sheets, also on the pages it links to", async (t) => {
  const { host, themes, scope } = await dressed(t);
  await host.publish({ title: "Herons", text: "Hello" });
  const address = new URL(await previewDesign(scope, themes, { core: { accent: "#ff0000", customCss: "p{color:lime}" } }));

  const page = await host.get(address.pathname + address.search);
  const custom = /href="(\/assets\/custom-[^"]+)"/.exec(page.text)![1]!;
  t.regex(custom, /\?rk-preview=/);
  t.is((await host.get(custom)).text, "p{color:lime}");
  t.regex((await host.get(/href="(\/assets\/theme-[^"]+)"/.exec(page.text)![1]!)).text, /--accent/);
  const link = /<a href="([^"]*herons[^"]*)"/.exec(page.text)![1]!.replaceAll("&amp;", "&");
  t.regex((await host.get(new URL(link).pathname + new URL(link).search)).text, /custom-/);
  t.notRegex((await host.get("/")).text, /custom-/);
});
