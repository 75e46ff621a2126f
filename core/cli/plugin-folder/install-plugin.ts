import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { PublicError } from "../../errors.ts";
import { bundledPlugins, loadPlugin } from "../../host/load-plugins.ts";
import type { Plugin } from "../../host/manifest.ts";
import { rememberConsent } from "../../host/plugin-consent.ts";
import { pluginRows } from "../../host/plugin-rows.ts";
import { isOlder } from "../../host/shape/upgrade.ts";
import type { House } from "../../house.ts";

/**
 * Copies a plugin's folder into the data folder's `plugins/`. A later version takes the place of the one there, with what that stored;
 * where it is on, `ask` is called first, and it goes on at its new version. Gives the version before; null when there was none.
 */
export async function installPlugin(
  house: House,
  folder: string,
  plugin: Plugin,
  ask: () => Promise<void>,
): Promise<string | null> {
  const { id, version } = plugin;
  if (existsSync(join(bundledPlugins, id)))
    throw new PublicError("plugin.taken", `“${id}” is a plugin that Rookery brings: choose another id.`);
  const target = join(house.settings.dataFolder, "plugins", id);
  const before = await versionIn(target);
  if (before === version) throw new PublicError("plugin.there", `“${id}” ${version} is installed already.`);
  if (before && isOlder(version, before))
    throw new PublicError(
      "plugin.there",
      `“${id}” ${before} is installed, and this is ${version}: rookery plugin remove ${id} takes that away, with all it stored.`,
    );
  const isOn = (await pluginRows(house.storage)).get(id)?.state === "enabled";
  if (isOn) await ask();
  replace(folder, target);
  if (isOn) await goOn(house, plugin);
  return before;
}

// "" for one that cannot be loaded: anything is better.
async function versionIn(folder: string): Promise<string | null> {
  if (!existsSync(folder)) return null;
  const loaded = await loadPlugin(folder, false);
  return "plugin" in loaded ? loaded.plugin.version : "";
}

// Copied beside first: a running server never finds half of it.
function replace(folder: string, target: string): void {
  const aside = join(dirname(dirname(target)), `.plugin-${basename(target)}-${process.pid}`);
  try {
    mkdirSync(aside);
    cpSync(folder, join(aside, "new"), { recursive: true, filter: (path) => basename(path) !== "node_modules" });
    if (existsSync(target)) renameSync(target, join(aside, "old"));
    renameSync(join(aside, "new"), target);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function goOn({ host, storage, clock }: House, plugin: Plugin): Promise<void> {
  await storage.write((db) => rememberConsent(db, plugin, clock.now()));
  await host.refresh();
  const why = host.upgrades.failed.get(plugin.id) ?? host.upgrades.unfit.get(plugin.id);
  if (why) throw new PublicError("plugin.tables", `${plugin.version} is installed, but off: ${why}`);
}
