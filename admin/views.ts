import nunjucks from "nunjucks";
import { fileURLToPath } from "node:url";
import type { Post } from "../core/hooks/values.ts";
import { plainText } from "../core/net/plain-text.ts";
import { firstWords, formatBytes, formatDate } from "./formats.ts";
import { directionOf, translator, type Translate } from "./texts.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const environments = new Map<string, nunjucks.Environment>();

/** Draws a view of the dashboard (`screens/posts/list`) in a language. Views are code of ours; everything they print is escaped. */
export function draw(view: string, data: object, language: string): string {
  return environmentOf(language).render(`${view}.njk`, data);
}

// Macros see only what is global, so every language that is read has views of its own.
function environmentOf(language: string): nunjucks.Environment {
  let environment = environments.get(language);
  if (!environment) {
    environment = viewsIn([], language, translator(language));
    environments.set(language, environment);
  }
  return environment;
}

/** Views of some folders, before those of the dashboard, in a language whose sentences `t` gives. */
export function viewsIn(folders: readonly string[], language: string, t: Translate): nunjucks.Environment {
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader([...folders, folder]), {
    autoescape: true,
    throwOnUndefined: false,
    trimBlocks: true,
    lstripBlocks: true,
  });
  environment.addGlobal("t", t);
  environment.addGlobal("lang", language);
  environment.addGlobal("dir", directionOf(language));
  environment.addFilter("inWords", (post: Pick<Post, "title" | "html">) => post.title || firstWords(plainText(post.html)));
  environment.addFilter("date", (moment: string | null, zone?: string) => formatDate(moment, zone, language));
  environment.addFilter("bytes", (bytes: number) => formatBytes(bytes, language));
  return environment;
}
