import { stamp } from "../clock.ts";
import type { Field, Fields } from "../hooks/fields.ts";
import type { Json } from "../hooks/values.ts";
import { remove, upsert } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";

/** Where a value belongs: the installation ("-"), a blog or an account. */
export type SettingPlace = {
  readonly pluginId: string;
  readonly scope: "network" | "blog" | "account";
  readonly scopeId: string;
};

/** Values as they are read from storage or a form, before they are checked. */
export type RawValues = Readonly<Record<string, Json>>;

/** Stored values of one place. */
export async function storedValues(storage: Storage, place: SettingPlace): Promise<RawValues> {
  const rows = await storage.query("SELECT name, value FROM plugin_settings WHERE plugin_id = ? AND scope = ? AND scope_id = ?", [
    place.pluginId,
    place.scope,
    place.scopeId,
  ]);
  return Object.fromEntries(rows.map((row) => [String(row.name), JSON.parse(String(row.value)) as Json]));
}

/** Stored values with defaults where nothing valid is stored: what a plugin sees. */
export function withDefaults(fields: Fields, ...stored: readonly RawValues[]): Record<string, Json | undefined> {
  const out: Record<string, Json | undefined> = {};
  for (const [name, field] of Object.entries(fields)) {
    const given = stored.map((values) => values[name]).find((value) => value !== undefined);
    const checked = given === undefined ? undefined : checkValue(field, given);
    const fallback = field.default ?? (field.type === "boolean" ? false : field.required ? "" : undefined);
    out[name] = checked?.ok && checked.value !== "" ? checked.value : fallback;
  }
  return out;
}

/** Stores values inside the caller's transaction; `undefined` removes one. */
export async function storeValues(
  db: Transaction,
  place: SettingPlace,
  values: Readonly<Record<string, Json | undefined>>,
  now: Date,
): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const key = { plugin_id: place.pluginId, scope: place.scope, scope_id: place.scopeId, name };
    if (value === undefined) await remove(db, "plugin_settings", key);
    else await upsert(db, "plugin_settings", { ...key, value: JSON.stringify(value), updated_at: stamp(now) }, Object.keys(key));
  }
}

/** A checked value, or the sentence that says what is wrong with it. */
export type Checked = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly why: string };

/** Checks one value (text from a form or JSON from storage) against its field. Empty text is "nothing": fine unless required. */
export function checkValue(field: Field, given: Json): Checked {
  if (field.type === "boolean")
    return { ok: true, value: given === true || given === "on" || given === "true" || given === "1" || given === 1 };
  if (typeof given === "object")
    return field.type === "list" || field.type === "oauth" ? { ok: true, value: given } : no("is not a single value");
  const text = String(given).trim();
  if (text === "") return field.required ? no("is needed") : { ok: true, value: "" };
  if (text.length > (field.type === "textarea" || field.type === "markdown" ? 20_000 : 2_000)) return no("is too long");
  return checkText(field, text);
}

function checkText(field: Field, text: string): Checked {
  switch (field.type) {
    case "number":
    case "range":
      return checkNumber(field, text);
    case "url":
      return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
        ? { ok: true, value: text }
        : no("must be a web address such as https://example.com");
    case "email":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
        ? { ok: true, value: text }
        : no("must be an e-mail address such as kim@example.com");
    case "color":
      return /^#[0-9a-fA-F]{6}$/.test(text) ? { ok: true, value: text.toLowerCase() } : no("must be a colour such as #1f5fbf");
    case "date":
      return isDay(text) ? { ok: true, value: text } : no("must be a date such as 2026-11-24");
    case "select":
    case "radio":
      return optionValues(field).includes(text)
        ? { ok: true, value: text }
        : no(`must be one of: ${optionValues(field).join(", ")}`);
    default:
      return field.pattern === undefined || new RegExp(`^(?:${field.pattern})$`, "u").test(text)
        ? { ok: true, value: text }
        : no("does not have the form that is expected");
  }
}

function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function checkNumber(field: Field, text: string): Checked {
  const value = Number(text);
  if (!Number.isFinite(value)) return no("must be a number");
  if (field.min !== undefined && value < field.min) return no(`must be ${field.min} or more`);
  if (field.max !== undefined && value > field.max) return no(`must be ${field.max} or less`);
  return { ok: true, value };
}

/** The values a select or radio field offers. */
export function optionValues(field: Field): string[] {
  return (field.options ?? []).map((option) => (typeof option === "string" ? option : option.value));
}

const no = (why: string): Checked => ({ ok: false, why });
