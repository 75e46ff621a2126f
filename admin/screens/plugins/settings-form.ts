import type { Field, Fields } from "../../../core/hooks/fields.ts";
import type { Blog, Json } from "../../../core/hooks/values.ts";
import type { Plugin } from "../../../core/host/manifest.ts";
import { storedValues } from "../../../core/host/plugin-settings.ts";
import type { Storage } from "../../../core/storage/storage.ts";

/** One control of a generated form. */
export type Control = {
  readonly name: string;
  readonly look: "text" | "textarea" | "checkbox" | "select" | "radios" | "secret" | "note";
  readonly type: string;
  readonly field: Field;
  readonly value: Json;
  readonly isSet: boolean;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
};

const prefix = "s-";
const inputTypes: Readonly<Record<string, string>> = {
  url: "url",
  email: "email",
  number: "number",
  range: "number",
  color: "color",
  date: "date",
};

/** The fields that are set in a place: everywhere both kinds, on a blog its own. */
export function fieldsOf(plugin: Plugin, blog: Blog | null): Fields {
  return blog ? (plugin.settings ?? {}) : { ...plugin.settings, ...plugin.networkSettings };
}

/** The controls of a plugin's form with what is stored; secrets never come back. */
export async function controlsOf(storage: Storage, plugin: Plugin, blog: Blog | null): Promise<readonly Control[]> {
  const place = { pluginId: plugin.id, scope: blog ? ("blog" as const) : ("network" as const), scopeId: blog?.id ?? "-" };
  const stored = await storedValues(storage, place);
  return Object.entries(fieldsOf(plugin, blog)).map(([name, field]) => ({
    name: prefix + name,
    look: lookOf(field),
    type: inputTypes[field.type] ?? "text",
    field,
    value: field.type === "secret" ? "" : (stored[name] ?? field.default ?? ""),
    isSet: stored[name] !== undefined,
    choices: (field.options ?? []).map((option) => (typeof option === "string" ? { value: option, label: option } : option)),
  }));
}

/** The values of a sent form, for the fields of a place; an unticked box is false, a secret can be asked to be forgotten. */
export function valuesIn(sent: URLSearchParams, fields: Fields): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (lookOf(field) === "note") continue;
    const given = sent.get(prefix + name);
    if (field.type === "boolean") values[name] = given !== null;
    else if (given !== null) values[name] = given;
  }
  return values;
}

/** Sentences of the settings room by the form's own names. */
export function errorsFor(errors: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([name, sentence]) => [prefix + name, sentence]));
}

function lookOf(field: Field): Control["look"] {
  switch (field.type) {
    case "boolean":
      return "checkbox";
    case "textarea":
    case "markdown":
      return "textarea";
    case "select":
      return "select";
    case "radio":
      return "radios";
    case "secret":
      return "secret";
    case "note":
    case "list":
    case "oauth":
      return "note";
    default:
      return "text";
  }
}
