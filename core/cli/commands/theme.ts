import { basename, join, resolve } from "node:path";
import { PublicError } from "../../errors.ts";
import { audit } from "../../people/audit.ts";
import { saveDesign } from "../../render/designs/designs.ts";
import { checkTheme } from "../../render/theme-check/check-theme.ts";
import { bundledThemes, Themes } from "../../render/themes/themes.ts";
import { readSettings } from "../../settings/settings.ts";
import { need, needWord, noSuch, UsageError, type Command, type Console, type Typed } from "../command.ts";
import { serveThemeFolder } from "../theme-folder/serve-theme.ts";
import { newTheme } from "../theme-folder/scaffold-theme.ts";
import { findingLines, findingsJson, verdict } from "../theme-folder/findings.ts";
import { needFolder, onThemeFolder } from "../theme-folder/named-folder.ts";
import { installArchive } from "../theme-folder/install-archive.ts";
import { ownTemplate } from "../theme-override.ts";
import { zipTheme } from "../theme-folder/zip-theme.ts";
import { needBlog, ownerScope, withHouse } from "../with-house.ts";

const actions = { list, use, new: begin, dev, check, zip: pack, install: installArchive, override: ownTemplate } as const;

export const command: Command = {
  summary: "Themes: list, use, begin a new one, see it while you write, check, zip, install; a blog's own templates.",
  usage: [
    "theme list [--json]",
    "theme use ID --blog ADDRESS",
    "theme new ID [--parent perch] [--into FOLDER]",
    "theme dev FOLDER [--port 8181]",
    "theme check FOLDER|FILE.zip [--json]",
    "theme zip FOLDER [--out FILE]",
    "theme install FILE.zip [--yes]",
    "theme override set TEMPLATE --blog ADDRESS < source",
    "theme override list|remove [TEMPLATE] --blog ADDRESS [--json]",
  ],
  options: {
    blog: { type: "string" },
    parent: { type: "string" },
    into: { type: "string" },
    out: { type: "string" },
    port: { type: "string" },
    yes: { type: "boolean" },
    json: { type: "boolean" },
  },
  fields: {
    "blog.unknown": "--blog",
    "theme.id": "ID",
    "theme.unusable": "ID",
    "theme.parent": "--parent",
    "theme.template": "TEMPLATE",
    "theme.no-copy": "TEMPLATE",
    "theme.folder": "FOLDER",
    "theme.archive": "FILE.zip",
    "theme.port": "--port",
  },
  async run(typed, console) {
    const name = needWord(typed, 0, "list, use, new, dev, check, zip, install or override");
    if (!Object.hasOwn(actions, name)) throw noSuch("rookery theme", name, Object.keys(actions));
    return actions[name as keyof typeof actions](typed, console);
  },
};

function themesOf(console: Console): Themes {
  const { dataFolder } = readSettings(console.env, console);
  return new Themes({ bundled: bundledThemes, installed: join(dataFolder, "themes") });
}

async function list(typed: Typed, console: Console): Promise<void> {
  const found = themesOf(console).list();
  const shown = found.flatMap((theme) => ("problem" in theme || theme.manifest.isHidden ? [] : [theme.manifest]));
  for (const theme of found) if ("problem" in theme) console.err(`${theme.id} cannot be used: ${theme.problem}`);
  if (typed.is("json")) return console.out(JSON.stringify(shown.map(({ id, name, version }) => ({ id, name, version }))));
  for (const { id, version, name } of shown) console.out([id, version, name].join("\t"));
}

async function use(typed: Typed, console: Console): Promise<void> {
  const [id, address] = [needWord(typed, 1, "ID"), need(typed, "blog")];
  await withHouse(console, async (house) => {
    const blog = await needBlog(house, address);
    const problem = house.themes.problemOf(id);
    if (problem !== null || !house.themes.find(id))
      throw new PublicError(
        "theme.unusable",
        `“${id.slice(0, 40)}” cannot be used: ${problem ?? "it is missing."} (rookery theme list)`,
      );
    const scope = await ownerScope(house, blog);
    const now = house.clock.now();
    await house.storage.write(async (db) => {
      await saveDesign(scope, house.themes, { theme: id });
      const detail = { before: blog.theme };
      await audit(db, { action: "theme.chosen", subject: id, blogId: blog.id, via: "cli", detail }, now);
    });
    console.out(`${blog.host} wears ${id} now.`);
  });
}

async function begin(typed: Typed, console: Console): Promise<void> {
  const id = needWord(typed, 1, "ID");
  const parent = typed.text("parent") ?? "perch";
  const problem = themesOf(console).problemOf(parent);
  if (problem !== null) throw new PublicError("theme.parent", `“${parent}” cannot be a parent: ${problem}`);
  const into = typed.text("into");
  const root = into === undefined ? join(readSettings(console.env, console).dataFolder, "themes") : resolve(console.cwd, into);
  console.out(newTheme(root, id, parent));
}

async function check(typed: Typed, console: Console): Promise<number> {
  return onThemeFolder(typed, console, (folder) => {
    const found = checkTheme(folder, themesOf(console));
    if (typed.is("json")) console.out(findingsJson(found));
    else for (const line of findingLines(found)) console.out(line);
    const { errors, sentence } = verdict(basename(folder), found);
    if (errors > 0) console.err(sentence);
    else if (!typed.is("json")) console.out(sentence);
    return errors > 0 ? 1 : 0;
  });
}

async function pack(typed: Typed, console: Console): Promise<void> {
  zipTheme(typed, console, themesOf(console));
}

async function dev(typed: Typed, console: Console): Promise<void> {
  const port = typed.text("port") ?? "8181";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageError("--port is a number up to 65535, such as 8181.");
  await serveThemeFolder({ folder: needFolder(typed, console), port: Number(port), themes: themesOf(console) }, console);
}
