import nunjucks from "nunjucks";
import { fileURLToPath } from "node:url";
import { formatDate, formatBytes } from "./formats.ts";
import { t } from "./texts.ts";

const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(fileURLToPath(new URL(".", import.meta.url))), {
  autoescape: true,
  throwOnUndefined: false,
  trimBlocks: true,
  lstripBlocks: true,
});
environment.addGlobal("t", t);
environment.addFilter("date", formatDate);
environment.addFilter("bytes", formatBytes);

/** Draws a view of the dashboard (`screens/posts/list`) with its data. Views are code of ours; everything they print is escaped. */
export function draw(view: string, data: object): string {
  return environment.render(`${view}.njk`, data);
}
