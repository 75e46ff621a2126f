import {
  contractFilters,
  contractFunctions,
  contractNames,
  contractObjects,
  contractTests,
  type ContractCall,
} from "../../core/render/contract/contract.ts";
import { templatesOf } from "../../core/render/content.ts";
import { urlNames } from "../../core/render/functions/urls.ts";
import type { Post } from "../../core/hooks/values.ts";
import { postSlots, slotNames } from "../../core/render/slots.ts";
import { samplePages } from "../../core/render/sample/sample-pages.ts";
import { coreChoices } from "../../core/render/style/design.ts";
import { systemFonts } from "../../core/render/style/fonts.ts";
import { settingTypes } from "../../core/render/style/setting-values.ts";
import { codeGroups, themeCodes } from "../../core/render/theme-check/codes.ts";
import { manifestFields } from "../../core/render/theme-check/manifest-check.ts";
import { defaultLimits } from "../../core/render/theme-engine/limits.ts";
import { bundledThemes, Themes } from "../../core/render/themes/themes.ts";
import {
  aboutFields,
  aboutLimits,
  aboutSettings,
  aboutSlots,
  aboutTypes,
  aboutUrls,
  coreSettings,
} from "./theme-reference-words.ts";

/** The text of docs/theming/reference.md, made of the tables that the engine and the checker work by. */
export function themeReference(): string {
  return [head, manifest(), settings(), templates(), data(), calls(), slots(), limits(), findings()].join("\n\n") + "\n";
}

const head = `# Reference of themes

<!-- Written by test/docs/write-theme-reference.ts from the tables of core/render: change those, and run it again. -->

Everything a theme may say. This page is made from the tables by which the engine draws and the checker checks; a test compares them. Begin with
the [tutorial](tutorial.md).`;

type Row = readonly string[];

const cell = (text: string) => text.replaceAll("|", "\\|").replace(/<(?=[a-z/!])/gi, "&lt;");
const code = (text: string) => (text === "" ? "" : `\`${text}\``);
const table = (names: Row, rows: readonly Row[]) =>
  [names, names.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

// A name without a sentence stops the writing, so that nothing new stays undescribed.
function about(words: Readonly<Record<string, string>>, name: string): string {
  const sentence = words[name];
  if (sentence === undefined) throw new Error(`test/docs/theme-reference-words.ts says nothing about “${name}”`);
  return sentence;
}

function manifest(): string {
  const rows = manifestFields.map((name) => [code(name), about(aboutFields, name)]);
  return `## theme.json\n\n${table(["Field", ""], rows)}`;
}

function settings(): string {
  const keys = Object.entries(aboutSettings).map(([name, sentence]) => [code(name), sentence]);
  const types = settingTypes.map((type) => [code(type), ...about(aboutTypes, type).split(" | ")]);
  const core = Object.entries(coreSettings).map(([key, sentence]) => [code(key), sentence]);
  const choices = (list: readonly string[]) => list.map(code).join(", ");
  const fonts = Object.keys(systemFonts).map(code).join(", ");
  return `## Settings

A list of fields under \`settings\`. A blog's people fill them in under *Design*; a value that its field does not allow counts as not there.

${table(["Key", ""], keys)}

Words can stand in the theme's own \`locales/<language>.json\` instead, and count before those of \`theme.json\`: \`settings.<key>.label\`,
\`settings.<key>.help\`, \`settings.<key>.group\`, \`settings.<key>.options.<value>\`; so can \`theme.name\`, \`theme.description\`,
\`menus.<id>\` and \`pageTemplates.<id>\`. They are read in the language of whoever uses the dashboard, else its base language, else English.

### Types

${table(["Type", "What templates get", "What `cssVar` writes"], types)}

Fonts of everybody's machine: ${fonts}.

### Settings of every theme

Do not declare these; they are there.

${table(["Setting", ""], core)}

Colour schemes are ${choices(coreChoices.colorScheme)}; date formats ${choices(coreChoices.dateFormat)}; the first is what a blog begins with.`;
}

function templates(): string {
  const chain = new Themes({ bundled: bundledThemes, installed: "" }).chain("perch");
  const samples = samplePages(chain);
  const of = (name: string) => samples.find((page) => page.name === name)!.content.templates.map(general);
  const single = (post: object) => templatesOf({ slug: "<slug>", properties: {}, ...post } as Post);
  const rows: [string, readonly string[]][] = [
    ["home", of("home")],
    ["a post", single({ kind: "<kind>" })],
    ["a page", single({ kind: "page", properties: { template: "<chosen>" } })],
    ["a category", of("a category")],
    ["a year, a month", of("a month")],
    ["the archive", of("all posts")],
    ["somebody's posts", of("posts of an author")],
    ["all photos, replies, bookmarks", of("all photos").map((name) => (name === "photos" ? "photos|replies|bookmarks" : name))],
    ["nothing there", of("nothing there")],
    ["a plugin's page", of("a plugin's page")],
    ["a post as mail", ["email/post"]],
  ];
  const shown = rows.map(([page, names]) => [page, names.map((name) => name.split("|").map(code).join(" or ")).join(", ")]);
  return `## Templates

The first that exists draws. Each name is looked for in the blog's own copies, the theme, its parents, and base; base comes after all names where
it is nobody's parent. All end in \`.njk\`.

${table(["Page", "Templates"], shown)}

A plugin's view is \`plugin/<plugin>/<view>\`, the theme's before the plugin's own.`;
}

// The sample's own names stand for any.
const general = (name: string) =>
  name.replace(/^(category|author)-.+$/, (_, what) => `${what}-<${what === "author" ? "handle" : "slug"}>`);

function data(): string {
  const names = Object.entries(contractNames).map(([name, { type, on, about }]) => [
    code(name),
    typeOf(type),
    on ? on.join(", ") : "all",
    cell(about),
  ]);
  const objects = Object.entries(contractObjects).map(([name, fields]) => {
    const rows = Object.entries(fields).map(([field, [type, about]]) => [code(field), typeOf(type), cell(about)]);
    return `### ${name}\n\n${table(["Field", "Type", ""], rows)}`;
  });
  return `## Data

What stands at the top, and on which pages. A template gets these and nothing else. A name that a page does not have is empty. Texts are escaped
when they are printed; \`html\` is markup that was cleaned.

${table(["Name", "Type", "On", ""], names)}

A type with \`?\` may be null; \`[]\` is a list.

${objects.join("\n\n")}`;
}

function typeOf(type: string): string {
  const name = /[A-Z]\w*/.exec(type)?.[0];
  return name && Object.hasOwn(contractObjects, name) ? type.replace(name, `[${name}](#${name.toLowerCase()})`) : type;
}

function calls(): string {
  const rows = (calls: Readonly<Record<string, ContractCall>>, written: (name: string, parameters: string) => string) =>
    Object.entries(calls).map(([name, { parameters, about }]) => [code(cell(written(name, parameters))), cell(about)]);
  const functions = rows(contractFunctions, (name, parameters) => `${name}(${parameters})`);
  const filters = rows(contractFilters, (name, parameters) => (parameters === "" ? name : `${name}(${parameters})`));
  const urls = urlNames.map((name) => [code(name), about(aboutUrls, name)]);
  return `## Functions

${table(["Function", ""], functions)}

\`postMeta\` takes \`short\`, \`medium\`, \`long\`, \`time\`, \`datetime\` and \`iso\`, and writes as the blog chose when it is not told. Plugins
add more functions and filters, named \`<plugin>_<name>\`.

### Names that url() knows

${table(["Name", ""], urls)}

## Filters

\`{{ value | filter(arguments) }}\`

${table(["Filter", ""], filters)}

Patterns for \`date\` are made of \`yyyy\`, \`yy\`, \`MMMM\`, \`MMM\`, \`MM\`, \`M\`, \`dd\`, \`d\`, \`EEEE\`, \`EEE\`, \`HH\`, \`H\`, \`hh\`,
\`h\`, \`mm\`, \`ss\` and \`a\`; letters between single quotes stand for themselves.

## Tests

\`{% if value is defined %}\`: ${contractTests.map(code).join(", ")}.`;
}

function slots(): string {
  const rows = slotNames.map((name) => [code(name), postSlots.includes(name) ? "with the post" : "", about(aboutSlots, name)]);
  return `## Slots

Places where plugins show something: \`{{ slot("footer") }}\`, and with the post \`{{ slot("after-content", post) }}\`.

${table(["Slot", "", ""], rows)}`;
}

function limits(): string {
  const number = (value: number) => value.toLocaleString("en");
  const rows = Object.entries(defaultLimits).map(([name, value]) => [about(aboutLimits, name), number(value)]);
  return `## Limits of one page

When one is passed, the template counts as failed and the next of the chain draws.

${table(["What", "At most"], rows)}`;
}

function findings(): string {
  const groups = Object.entries(codeGroups).map(([prefix, title]) => {
    const rows = Object.entries(themeCodes)
      .filter(([name]) => name.slice(0, -2) === prefix)
      .map(([name, { level, about, fix }]) => [code(name), level, prose(about), prose(fix)]);
    return `### ${prefix}xx: ${title}\n\n${table(["Code", "Level", "What", "What to do"], rows)}`;
  });
  return `## Findings of the checker

\`rookery theme check\`, installing an archive and the editor say the same. With an **error** a theme is not installed.

${groups.join("\n\n")}`;
}

// Markup that a sentence quotes stands as code, so that it is shown as it is typed.
function prose(text: string): string {
  const quoted = /\{\{.*?\}\}|\{%.*?%\}|<[a-z/!][^>]*>|class="[^"]*"|\{ "key".*?\}|\[\{.*?\}\]/g;
  return text.replaceAll("|", "\\|").replace(quoted, (found) => `\`${found}\``);
}
