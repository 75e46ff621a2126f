import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { changeBlog } from "../../blogs/blogs.ts";
import { PublicError } from "../../errors.ts";
import { zip } from "../../net/zip-write.ts";
import { audit } from "../../people/audit.ts";
import { checkTheme } from "../../render/theme-check/check-theme.ts";
import { readTheme } from "../../render/theme-check/theme-under-check.ts";
import { bundledThemes, Themes } from "../../render/themes/themes.ts";
import { readSettings } from "../../settings/settings.ts";
import { need, needWord, noSuch, type Command, type Console, type Typed } from "../command.ts";
import { newTheme } from "../theme-files.ts";
import { ownTemplate } from "../theme-override.ts";
import { needBlog, withHouse } from "../with-house.ts";

const actions = { list, use, new: begin, check, zip: pack, override: ownTemplate, dev } as const;

export const command: Command = {
  summary: "Themes: list, use, begin a new one, check, zip, a blog's own templates.",
  usage: [
    "theme list [--json]",
    "theme use ID --blog ADDRESS",
    "theme new ID [--parent perch] [--into FOLDER]",
    "theme check FOLDER [--json]",
    "theme zip FOLDER [--out FILE]",
    "theme override set TEMPLATE --blog ADDRESS < source",
    "theme override list|remove [TEMPLATE] --blog ADDRESS [--json]",
  ],
  options: {
    blog: { type: "string" },
    parent: { type: "string" },
    into: { type: "string" },
    out: { type: "string" },
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
  },
  async run(typed, console) {
    const name = needWord(typed, 0, "list, use, new, check, zip or override");
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
    const now = house.clock.now();
    await house.storage.write(async (db) => {
      await changeBlog(db, blog.id, { theme: id }, now);
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
  const folder = needFolder(typed, console);
  const found = checkTheme(folder, themesOf(console));
  if (typed.is("json")) console.out(JSON.stringify(found));
  else
    for (const { code, level, file, line, message } of found)
      console.out(`${level.padEnd(7)} ${code} ${file}${line > 0 ? `:${line}` : ""} ${message}`);
  const errors = found.filter(({ level }) => level === "error").length;
  if (errors > 0) console.err(`${basename(folder)} has ${errors} ${errors === 1 ? "error" : "errors"}.`);
  else if (!typed.is("json")) console.out(`${basename(folder)} can be used.`);
  return errors > 0 ? 1 : 0;
}

async function pack(typed: Typed, console: Console): Promise<void> {
  const folder = needFolder(typed, console);
  const themes = themesOf(console);
  const error = checkTheme(folder, themes).find(({ level }) => level === "error");
  if (error)
    throw new PublicError("theme.errors", `It has errors, the first in ${error.file}: ${error.message} (rookery theme check)`);
  const { manifest, files } = readTheme(folder, themes);
  if ("problem" in manifest) throw new PublicError("theme.manifest", manifest.problem);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (files.length > 500 || bytes > 10_000_000)
    throw new PublicError("theme.size", `It has ${files.length} files with ${bytes} bytes; 500 files and 10 MB are the most.`);
  const file = resolve(console.cwd, typed.text("out") ?? `${manifest.id}-${manifest.version}.zip`);
  const inside = ({ path }: { path: string }) => ({ path: `${manifest.id}/${path}`, bytes: readFileSync(join(folder, path)) });
  writeFileSync(file, zip(files.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map(inside)));
  console.out(file);
}

async function dev(): Promise<never> {
  throw new PublicError(
    "theme.dev",
    "There is no rookery theme dev yet: rookery start --dev shows a changed theme at the next load of a page.",
  );
}

function needFolder(typed: Typed, console: Console): string {
  const folder = resolve(console.cwd, needWord(typed, 1, "FOLDER"));
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new PublicError("theme.folder", `${folder} is not a folder: name the one with theme.json in it.`);
  return folder;
}
