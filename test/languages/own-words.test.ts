import test from "ava";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "../../core/host/manifest.ts";
import { wordedManifest } from "../../core/host/plugin-words.ts";

type Facts = Readonly<Record<string, unknown>>;

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string) => JSON.parse(readFileSync(root + file, "utf8")) as Facts;
const idsIn = (place: string, file: string) =>
  readdirSync(root + place).filter((id) => existsSync(`${root}${place}/${id}/${file}`));
// What a plugin says when it runs has keys of its own.
const ofManifest = /^(plugin\.|settings\.|pages\.|panels\.|connections\.|screens\.\/|importer\.(label|help)$)/;

for (const id of idsIn("plugins", "plugin.ts"))
  test(`all that the manifest of ${id} says can be translated: its English catalogue says the same`, async (t) => {
    const { default: plugin } = (await import(`${root}plugins/${id}/plugin.ts`)) as { default: Plugin };
    const words: Record<string, string> = {};
    wordedManifest(plugin, (key, written) => (words[key] = written));
    const importer = plugin.services?.importer?.(() => ({}) as never);
    if (importer) Object.assign(words, { "importer.label": importer.label, "importer.help": importer.help });

    const english = Object.entries(read(`plugins/${id}/locales/en.json`)).filter(([key]) => ofManifest.test(key));
    t.deepEqual(Object.fromEntries(english), words);
  });

for (const id of idsIn("themes", "theme.json"))
  test(`what ${id} says about itself and its settings is there in every language it speaks`, (t) => {
    const manifest = read(`themes/${id}/theme.json`);
    const tags = readdirSync(`${root}themes/${id}/locales`).map((file) => file.replace(/\.json$/, ""));

    const english = read(`themes/${id}/locales/en.json`);
    t.is(english["theme.description"], manifest.description);
    for (const [menu, label] of Object.entries((manifest.menus ?? {}) as Facts)) t.is(english[`menus.${menu}`], label);
    for (const one of (manifest.pageTemplates ?? []) as readonly Facts[])
      t.is(english[`pageTemplates.${String(one.id)}`], one.label);
    for (const setting of (manifest.settings ?? []) as readonly Facts[]) {
      const options = (setting.options ?? []) as readonly Facts[];
      const words = [setting.label, setting.help, setting.group, ...options.map(({ label }) => label)];
      for (const word of words.filter((one) => one !== undefined))
        t.deepEqual(Object.keys(word as Facts).toSorted(), tags.toSorted(), `${String(setting.key)}: ${JSON.stringify(word)}`);
    }
  });
