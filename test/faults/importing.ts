import type { Clock } from "../../core/clock.ts";
import { importLines } from "../../core/host/imports/import-lines.testing.ts";
import type { Plugin } from "../../core/host/manifest.ts";
import { House } from "../../core/house.ts";
import { readSettings } from "../../core/settings/settings.ts";

/** Opens an installation in a folder with the importer `import-lines`; complaints go to stderr. */
export function openImporting(
  folder: string,
  databaseUrl: string,
  { onLine, clock }: { readonly onLine?: (line: number) => void; readonly clock?: Clock } = {},
): Promise<House> {
  const silent = () => undefined;
  const complain = (message: string) => console.error(message);
  const env = {
    ROOKERY_DATA: folder,
    ROOKERY_URL: "http://hub.example",
    DATABASE_URL: databaseUrl,
    ROOKERY_PRIVATE_NETWORK: "on", // the old site of these tests is on this machine
  };
  return House.open(readSettings(env, { cwd: folder }), {
    log: { debug: silent, info: silent, warn: complain, error: complain },
    bundled: `${folder}/none`,
    plugins: [{ plugin: importLines(onLine) as unknown as Plugin, folder: `${folder}/import-lines`, isBundled: true }],
    ...(clock && { clock }),
  });
}
