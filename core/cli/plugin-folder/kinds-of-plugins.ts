import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FilesOf } from "./new-plugin.ts";

const ending = ".template";

/**
 * The kinds of new plugins that plugins of a folder bring: each folder `<plugin>/scaffold/<kind>/` is one, of files ending in
 * `.template` in which `{{id}}` and `{{name}}` stand for those of the new plugin.
 */
export function kindsOfPlugins(folder: string): Record<string, FilesOf> {
  const paths = globSync(`*/scaffold/*/**/*${ending}`, { cwd: folder }).map((path) => path.replaceAll("\\", "/"));
  const byKind = Map.groupBy(paths.sort(), (path) => path.split("/")[2]!);
  return Object.fromEntries([...byKind].map(([kind, files]) => [kind, filesOf(folder, files)]));
}

function filesOf(folder: string, paths: readonly string[]): FilesOf {
  return ({ id, name }) =>
    Object.fromEntries(
      paths.map((path) => {
        const text = readFileSync(join(folder, path), "utf8");
        const inPlugin = path.split("/").slice(3).join("/").slice(0, -ending.length);
        return [inPlugin, text.replaceAll("{{id}}", id).replaceAll("{{name}}", name)];
      }),
    );
}
