import type { Clock } from "../clock.ts";
import type { Blog, Json } from "../hooks/values.ts";
import type { HostServices } from "./host-services.ts";
import type { Plugin } from "./manifest.ts";
import { checkValue, storeValues } from "./plugin-settings.ts";

/** Stored, or what is wrong with which field. */
export type SettingsOutcome = { readonly ok: true } | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

type Change = { readonly plugin: Plugin; readonly values: Readonly<Record<string, Json>>; readonly blog?: Blog };

/**
 * Checks and stores values of a plugin's settings, for one blog or the installation. Fields that are left out keep their
 * value; empty text goes back to the default; an empty secret keeps the one that is there.
 */
export async function saveSettings(services: HostServices, clock: Clock, change: Change): Promise<SettingsOutcome> {
  const { plugin, blog } = change;
  const fields = blog ? (plugin.settings ?? {}) : { ...plugin.settings, ...plugin.networkSettings };
  const errors = new Map<string, string>();
  const checked: Record<string, Json | undefined> = {};
  for (const [name, given] of Object.entries(change.values)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      errors.set(name, `there is no setting of this name; there are: ${Object.keys(fields).join(", ") || "none"}`);
      continue;
    }
    if (field.type === "secret" && given === "") continue;
    const result = checkValue(field, given);
    if (!result.ok) errors.set(name, `${field.label} ${result.why}.`);
    else checked[name] = result.value === "" ? undefined : result.value;
  }
  if (errors.size > 0) return { ok: false, errors: Object.fromEntries(errors) };

  const place = { pluginId: plugin.id, scope: blog ? ("blog" as const) : ("network" as const), scopeId: blog?.id ?? "-" };
  for (const [name, value] of Object.entries(checked))
    if (fields[name]!.type === "secret" && typeof value === "string")
      checked[name] = await services.sealSecret(`plugin/${plugin.id}/${place.scopeId}/${name}`, value);
  await services.storage.write((db) => storeValues(db, place, checked, clock.now()));
  return { ok: true };
}
