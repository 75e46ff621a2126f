import type { Clock } from "../clock.ts";
import { fieldsProblem } from "../hooks/field-check.ts";
import { checkValue, isNothing, type FieldProblem } from "../hooks/field-values.ts";
import type { Fields } from "../hooks/fields.ts";
import type { Blog, Json } from "../hooks/values.ts";
import type { HostServices } from "./host-services.ts";
import type { Plugin } from "./manifest.ts";
import { storeValues, type SettingPlace } from "./plugin-settings.ts";

/** Stored, or what is wrong with which field: an English sentence each, and for the dashboard the problem itself. */
export type SettingsOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly errors: Readonly<Record<string, string>>;
      readonly problems: Readonly<Record<string, FieldProblem>>;
    };

type Change = { readonly plugin: Plugin; readonly values: Readonly<Record<string, Json>>; readonly blog?: Blog };

/**
 * Checks and stores values of a plugin's settings, for one blog or the installation. Fields that are left out keep their
 * value; empty text goes back to the default; an empty secret keeps the one that is there, null forgets it.
 */
export async function saveSettings(services: HostServices, clock: Clock, change: Change): Promise<SettingsOutcome> {
  const { plugin, blog } = change;
  const fields = settableFields(plugin, blog ?? null);
  const { values, problems } = checkSettings(fields, change.values);
  const found = Object.entries(problems);
  if (found.length > 0)
    return { ok: false, errors: Object.fromEntries(found.map(([name, { sentence }]) => [name, sentence])), problems };

  const place = settingPlace(plugin.id, blog ?? null);
  for (const [name, value] of Object.entries(values)) {
    if (fields[name]!.type !== "secret") continue;
    const sealed = secretPlace(place, name);
    if (typeof value === "string") values[name] = await services.sealSecret(sealed, value);
    else await services.eraseSecret(sealed);
  }
  await services.storage.write((db) => storeValues(db, place, values, clock.now()));
  return { ok: true };
}

/** The fields that are set in a place: on a blog its own, for the installation both kinds. */
export function settableFields(plugin: Plugin, blog: Blog | null): Fields {
  return blog ? (plugin.settings ?? {}) : { ...plugin.settings, ...plugin.networkSettings };
}

/** Where a plugin's values are kept for a blog, or (null) for the installation. */
export function settingPlace(pluginId: string, blog: Blog | null): SettingPlace {
  return { pluginId, scope: blog ? "blog" : "network", scopeId: blog?.id ?? "-" };
}

/** Where the secret of a field is sealed. */
export function secretPlace({ pluginId, scopeId }: SettingPlace, name: string): string {
  return `plugin/${pluginId}/${scopeId}/${name}`;
}

/** Values as they are stored, `undefined` for those that go back to the default, and what is wrong with the others. */
export function checkSettings(fields: Fields, given: Readonly<Record<string, Json>>) {
  // A map: a form's field may be called __proto__.
  const problems = new Map<string, FieldProblem>();
  const values: Record<string, Json | undefined> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      const there = Object.keys(fields).join(", ") || "none";
      const sentence = `there is no setting of this name; there are: ${there}`;
      problems.set(name, { key: "unknown", values: { names: there }, sentence });
      continue;
    }
    if (field.type === "secret" && value === "") continue;
    if (field.type === "secret" && value === null) {
      values[name] = undefined;
      continue;
    }
    const result = checkValue(field, value);
    if (!result.ok) problems.set(result.path === undefined ? name : `${name}.${result.path}`, result.problem);
    else values[name] = isNothing(result.value) ? undefined : result.value;
  }
  return { values, problems: Object.fromEntries(problems) };
}

/** The first thing wrong with all the fields a plugin declares; null when forms can be made of them. */
export function settingsProblem({ settings, networkSettings }: Pick<Plugin, "settings" | "networkSettings">): string | null {
  return fieldsProblem({ ...settings, ...networkSettings });
}
