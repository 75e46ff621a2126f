import { existsSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { PublicError } from "../../errors.ts";
import type { Json } from "../../hooks/values.ts";
import { bundledPlugins, loadPlugin, pluginFolders } from "../../host/load-plugins.ts";
import type { Plugin } from "../../host/manifest.ts";
import { enableWithNeeded, isOnAt, neededFor } from "../../host/switching/required-plugins.ts";
import { missingConsent } from "../../host/plugin-consent.ts";
import type { House } from "../../house.ts";
import { audit } from "../../people/audit.ts";
import { readSettings } from "../../settings/settings.ts";
import { needWord, noSuch, UsageError, type Command, type Console, type Typed } from "../command.ts";
import { consent } from "../consent.ts";
import { checkPlugins } from "../plugin-folder/check-plugin.ts";
import { installPlugin } from "../plugin-folder/install-plugin.ts";
import { checkoutPlugins, newPlugin, pluginKinds } from "../plugin-folder/new-plugin.ts";
import { needBlog, withHouse } from "../with-house.ts";

const actions = { list, enable, disable, set, install, remove, new: begin, check } as const;

export const command: Command = {
  summary: "Plugins: list, switch on and off, set, install, remove, begin a new one, check.",
  usage: [
    "plugin list [--blog ADDRESS] [--json]",
    "plugin enable ID [--blog ADDRESS] [--yes]",
    "plugin disable ID [--blog ADDRESS]",
    "plugin set ID KEY VALUE [--blog ADDRESS]",
    "plugin install FOLDER [--yes]",
    "plugin remove ID [--yes]",
    `plugin new ID [--kind ${pluginKinds.join("|")}] [--into FOLDER]`,
    "plugin check ID|FOLDER…",
  ],
  options: {
    blog: { type: "string" },
    yes: { type: "boolean" },
    json: { type: "boolean" },
    kind: { type: "string" },
    into: { type: "string" },
  },
  fields: { "blog.unknown": "--blog", "plugin.id": "ID", "plugin.unknown": "ID", "plugin.required": "ID" },
  mostWords: 9, // of `check`, for some plugins at once
  async run(typed, console) {
    const name = needWord(typed, 0, "list, enable, disable, set, install, remove, new or check");
    if (!Object.hasOwn(actions, name)) throw noSuch("rookery plugin", name, Object.keys(actions));
    if (name !== "list") needWord(typed, 1, name === "install" ? "FOLDER" : "ID");
    return actions[name as keyof typeof actions](typed, console);
  },
};

async function list(typed: Typed, console: Console): Promise<void> {
  await withHouse(console, async (house) => {
    const blog = await blogOf(house, typed);
    // On a blog that switched it off, a plugin that is on elsewhere is off.
    const isOff = (id: string) => blog !== null && !house.host.current.isActive(id, blog);
    const plugins = (await house.host.list()).map(({ id, name, version, state }) => ({
      id,
      name,
      version,
      state: state === "enabled" && isOff(id) ? "disabled" : state,
    }));
    if (typed.is("json")) return console.out(JSON.stringify(plugins));
    for (const { id, name, version, state } of plugins) console.out([id, version, state, name].join("\t"));
  });
}

async function enable(typed: Typed, console: Console): Promise<void> {
  await withHouse(console, async (house) => {
    const { plugin } = await house.host.find(typed.words[1]!);
    const blog = await blogOf(house, typed);
    // What it stands on goes on with it, and is asked for like it.
    const { toEnable } = neededFor(await house.host.list(), plugin.id, isOnAt(house.host, blog ?? undefined));
    for (const needed of toEnable) await askFor(house, needed.plugin!, typed, console);
    await askFor(house, plugin, typed, console);
    const others = await enableWithNeeded(house.host, plugin.id, blog ? { blog } : {});
    for (const { id } of [...others, plugin]) console.out(`${id} is on${blog ? ` on ${blog.host}` : ""}.`);
  });
}

// Whoever switched it on before was asked already; an update that wants more asks again.
async function askFor(house: House, plugin: Plugin, typed: Typed, console: Console): Promise<void> {
  const { isFirst, wants } = await missingConsent(house.storage, plugin);
  if (!isFirst && wants.length === 0) return;
  const may = isFirst ? "may use" : "now wants to use, too";
  await consent(typed, console, `“${plugin.name}” ${may}: ${wants.join(", ") || "nothing special"}. Switch it on?`);
}

async function disable(typed: Typed, console: Console): Promise<void> {
  await withHouse(console, async (house) => {
    const id = await known(house, typed.words[1]!);
    const blog = await blogOf(house, typed);
    await house.host.disable(id, blog ? { blog } : {});
    console.out(`${id} is off${blog ? ` on ${blog.host}` : ""}.`);
  });
}

async function set(typed: Typed, console: Console): Promise<void> {
  const [key, value] = [needWord(typed, 2, "KEY"), typed.words[3]];
  if (value === undefined) throw new UsageError("VALUE is missing.");
  await withHouse(console, async (house) => {
    const id = typed.words[1]!;
    const blog = await blogOf(house, typed);
    const outcome = await house.host.set(id, { [key]: valueOf(value) }, blog ? { blog } : {});
    if (!outcome.ok)
      throw new PublicError(
        "plugin.setting",
        Object.entries(outcome.errors)
          .map(([name, why]) => `${name}: ${why}`.replace(/[^.!?]$/, "$&."))
          .join(" "),
      );
    console.out(`${id}: ${key} is set.`);
  });
}

async function install(typed: Typed, console: Console): Promise<void> {
  const folder = resolve(console.cwd, typed.words[1]!);
  const plugin = await checked(folder);
  await withHouse(console, async (house) => {
    const before = await installPlugin(house, folder, plugin, () => askFor(house, plugin, typed, console));
    await note(house, "plugin.installed", plugin.id);
    if (before === null) console.out(`${plugin.id} is installed: rookery plugin enable ${plugin.id} switches it on.`);
    else console.out(`${plugin.id} ${plugin.version} is installed${before && `, in place of ${before}`}.`);
  });
}

async function remove(typed: Typed, console: Console): Promise<void> {
  await withHouse(console, async (house) => {
    const id = await known(house, typed.words[1]!);
    await consent(typed, console, `This deletes “${id}” with everything it stored. Go on?`);
    await house.host.disable(id);
    await house.host.erase(id);
    rmSync(join(house.settings.dataFolder, "plugins", id), { recursive: true, force: true });
    await note(house, "plugin.removed", id);
    console.out(`${id} is gone, its data with it.`);
  });
}

// `npm run new -- plugin ID` says the word “plugin” once more.
async function begin(typed: Typed, console: Console): Promise<void> {
  const id = typed.words[1] === "plugin" ? needWord(typed, 2, "ID") : typed.words[1]!;
  const kind = pluginKinds.find((one) => one === (typed.text("kind") ?? "plain"));
  if (!kind) throw new UsageError(`--kind is one of: ${pluginKinds.join(", ")}.`);
  const into = typed.text("into");
  const root =
    into === undefined
      ? (checkoutPlugins(console.cwd) ?? join(readSettings(console.env, console).dataFolder, "plugins"))
      : resolve(console.cwd, into);
  // Rookery brings its own plugin of that id, and two of them are one too many.
  if (root !== bundledPlugins && existsSync(join(bundledPlugins, id)))
    throw new PublicError("plugin.taken", `“${id}” is a plugin that Rookery brings: choose another id.`);
  const folder = newPlugin(root, id, kind);
  console.err(`rookery plugin check ${folder} runs its tests, rookery plugin enable ${id} switches it on.`);
  console.out(folder);
}

async function check(typed: Typed, console: Console): Promise<number> {
  const place = findFolder(console);
  const folders = typed.words.slice(1).map((word) => {
    const given = resolve(console.cwd, word);
    const folder = existsSync(join(given, "plugin.ts")) ? given : place(word);
    if (folder) return folder;
    const sentence = `${word} is neither a plugin nor a folder with plugin.ts: rookery plugin list shows them.`;
    throw new PublicError("plugin.folder", sentence);
  });
  const names: string[] = [];
  for (const { id, version } of await Promise.all(folders.map(checked))) names.push(`${id} ${version}`);
  const isKept = await checkPlugins(folders, console.out, place);
  const wrong = names.length === 1 ? `${names[0]} does not keep` : `Of ${names.join(", ")} not each keeps`;
  if (!isKept) throw new PublicError("plugin.contract", `${wrong} what every plugin keeps: see above.`);
  for (const name of names) console.out(`${name} keeps what every plugin keeps.`);
  return 0;
}

function findFolder(console: Console): (id: string) => string | null {
  const { dataFolder } = readSettings(console.env, console);
  const folders = pluginFolders(bundledPlugins, join(dataFolder, "plugins"));
  return (id) => folders.find((one) => one.id === id)?.folder ?? null;
}

async function checked(folder: string): Promise<Plugin> {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new PublicError("plugin.folder", `${folder} is not a folder: name the one with plugin.ts in it.`);
  const loaded = await loadPlugin(folder, false);
  if ("reason" in loaded) throw new PublicError("plugin.broken", `The plugin in ${folder} does not load: ${loaded.reason}`);
  return loaded.plugin;
}

async function known(house: House, id: string): Promise<string> {
  if (!(await house.host.list()).some((plugin) => plugin.id === id))
    throw new PublicError("plugin.unknown", `There is no plugin “${id.slice(0, 40)}”: rookery plugin list shows them.`);
  return id;
}

async function blogOf(house: House, typed: Typed) {
  const address = typed.text("blog");
  return address === undefined ? null : needBlog(house, address);
}

async function note(house: House, action: string, subject: string, blogId: string | null = null): Promise<void> {
  const now = house.clock.now();
  await house.storage.write((db) => audit(db, { action, subject, blogId, via: "cli" }, now));
}

// `true`, `5`, `["a"]` are what they look like; everything else is text.
function valueOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
