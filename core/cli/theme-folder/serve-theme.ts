import { once } from "node:events";
import { existsSync, watch } from "node:fs";
import { basename } from "node:path";
import { checkTheme } from "../../render/theme-check/check-theme.ts";
import type { Themes } from "../../render/themes/themes.ts";
import type { Console } from "../command.ts";
import { findingLines } from "./findings.ts";

/** What is served, on which port, and the themes it may stand on. */
export type DevWish = { readonly folder: string; readonly port: number; readonly themes: Themes };

const settled = 100;

/** Serves a theme on the sample blog until a signal comes, and checks it at each save. */
export async function serveThemeFolder({ folder, port, themes }: DevWish, console: Console): Promise<void> {
  const { BenchServer } = await import("../../web/theme-bench/bench-server.ts");
  const server = new BenchServer();
  const url = await server.listen(port, folder, themes);
  const tell = () => {
    // A folder that is gone for a moment comes back: editors save so.
    if (!existsSync(folder)) return console.out(`${folder} is not there at the moment.`);
    const found = checkTheme(folder, themes);
    for (const line of findingLines(found)) console.out(line);
    console.out(`${basename(folder)}: ${found.length} ${found.length === 1 ? "finding" : "findings"}.`);
  };
  console.out(`${basename(folder)} is at ${url} with all sample pages at ${url}_theme/pages; it loads again at each save.`);
  tell();
  let waiting: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(waiting);
    // One save is several events.
    waiting = setTimeout(() => {
      server.changed();
      tell();
    }, settled);
  });
  watcher.on("error", (error) => console.err(`The folder is not watched any more: ${error.message}`));
  try {
    await Promise.race(["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => once(process, signal)));
  } finally {
    clearTimeout(waiting);
    watcher.close();
    await server.close();
  }
}
