import { join } from "node:path";
import type nunjucks from "nunjucks";
import { format, textIfAny, type Translate } from "../texts.ts";
import type { AdminRequest } from "../request.ts";
import { viewsIn } from "../views.ts";

type Drawn = { readonly generation: number; readonly views: nunjucks.Environment };
const drawn = new Map<string, Drawn>();

/** A plugin's folder, read by whoever reads the dashboard. */
export type PluginReader = Pick<AdminRequest, "house" | "language"> & { readonly folder: string };

/** Says the sentences of a plugin's `locales/` in the reader's language (or another), else those of the dashboard, else the key itself. */
export function pluginTexts({ house, language: own, folder }: PluginReader): Translate {
  return (key: string, values: Parameters<Translate>[1] = {}, other?: string) => {
    const language = other || own;
    const text = house.catalogues.find(folder, language, key);
    return text === null ? (textIfAny(language, key, values) ?? key) : format(text, values, language);
  };
}

/** Draws a template of a plugin's `screens/`; it may import components of the dashboard. Throws what the template throws. */
export function drawPluginView(reader: PluginReader, template: string, data: object): string {
  if (!/^[a-z0-9][a-z0-9/-]*$/.test(template)) throw new Error(`“${template}” is no name of a template in screens/`);
  return viewsOf(reader).render(`${template}.njk`, data);
}

// A new generation may be a new version of the plugin, with other files.
function viewsOf(reader: PluginReader): nunjucks.Environment {
  const { house, language, folder } = reader;
  const { number } = house.host.current;
  const key = `${folder} ${language}`;
  const known = drawn.get(key);
  if (known?.generation === number) return known.views;
  const views = viewsIn([join(folder, "screens")], language, pluginTexts(reader));
  drawn.set(key, { generation: number, views });
  return views;
}
