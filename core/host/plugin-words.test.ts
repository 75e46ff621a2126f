import test, { type ExecutionContext } from "ava";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Catalogues } from "./catalogues.ts";
import { definePlugin } from "./define-plugin.ts";
import type { PluginInfo } from "./plugin-info.ts";
import { wordedPlugin } from "./plugin-words.ts";

const plugin = definePlugin({
  id: "kitchen",
  name: "Kitchen",
  description: "Has everything.",
  version: "1.0.0",
  api: 1,
  settings: {
    dish: { type: "select", label: "A dish", group: "Food", options: ["soup", { value: "pie", label: "Pie" }] },
    token: { type: "secret", label: "A token", help: "Ask the cook.", testAction: { name: "taste", label: "Taste it" } },
    guests: { type: "list", label: "Guests", fields: { name: { type: "text", label: "Name" } } },
  },
  networkSettings: { port: { type: "number", label: "Port" } },
  pages: [{ path: "/menu", title: "The menu", view: async () => null }],
  tests: { taste: async () => ({ ok: true, message: "" }) },
});
const german = {
  "plugin.name": "Küche",
  "plugin.description": "Hat alles.",
  "settings.dish.label": "Ein Gericht",
  "settings.dish.group": "Essen",
  "settings.dish.options.soup": "Suppe",
  "settings.token.help": "Fragen Sie in der Küche.",
  "settings.token.test": "Kosten",
  "settings.guests.fields.name.label": "Name der Person",
  "settings.port.label": "Anschluss",
  "pages./menu": "Die Karte",
};

function folderSaying(t: ExecutionContext, texts: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "rookery-words-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "locales"));
  for (const [tag, text] of Object.entries(texts)) writeFileSync(join(folder, "locales", `${tag}.json`), text);
  return folder;
}

const infoIn = (folder: string) => ({ id: "kitchen", name: "Kitchen", folder, plugin }) as unknown as PluginInfo;

test("a plugin speaks the reader's language by the keys of its locales; what they lack stands as in the manifest", (t) => {
  const folder = folderSaying(t, { de: JSON.stringify(german), en: '{"settings.token.label": "The token"}' });

  const { name, plugin: worded } = wordedPlugin(new Catalogues(), infoIn(folder), "de-AT");

  t.is(name, "Küche");
  t.like(worded, {
    name: "Küche",
    description: "Hat alles.",
    pages: [{ title: "Die Karte" }],
    settings: {
      dish: {
        label: "Ein Gericht",
        group: "Essen",
        options: [
          { value: "soup", label: "Suppe" },
          { value: "pie", label: "Pie" },
        ],
      },
      token: { label: "The token", help: "Fragen Sie in der Küche.", testAction: { name: "taste", label: "Kosten" } },
      guests: { label: "Guests", fields: { name: { label: "Name der Person" } } },
    },
    networkSettings: { port: { label: "Anschluss" } },
  });
});

test("a catalogue that is broken, holds other things than texts or is not there says nothing", (t) => {
  const folder = folderSaying(t, { de: '{"plugin.name":', fr: '{"plugin.name": 7}' });
  const nameIn = (language: string) => wordedPlugin(new Catalogues(), infoIn(folder), language).name;

  t.deepEqual(["de", "fr", "es"].map(nameIn), ["Kitchen", "Kitchen", "Kitchen"]);
});
