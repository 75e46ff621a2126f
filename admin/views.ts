import nunjucks from "nunjucks";
import { fileURLToPath } from "node:url";
import type { Post } from "../core/hooks/values.ts";
import { plainText } from "../core/net/plain-text.ts";
import { firstWords, formatBytes, formatDate } from "./formats.ts";
import { t } from "./texts.ts";

const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(fileURLToPath(new URL(".", import.meta.url))), {
  autoescape: true,
  throwOnUndefined: false,
  trimBlocks: true,
  lstripBlocks: true,
});
environment.addGlobal("t", t);
environment.addFilter("inWords", (post: Pick<Post, "title" | "html">) => post.title || firstWords(plainText(post.html)));
environment.addFilter("date", formatDate);
environment.addFilter("bytes", formatBytes);

/** Draws a view of the dashboard (`screens/posts/list`) with its data. Views are code of ours; everything they print is escaped. */
export function draw(view: string, data: object): string {
  return environment.render(`${view}.njk`, data);
}
