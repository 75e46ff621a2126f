import type { Field, Fields } from "./fields.ts";
import { checkText } from "./field-text.ts";
import type { Json } from "./values.ts";

/** Values as they are read from storage or a form, before they are checked. */
export type RawValues = Readonly<Record<string, Json>>;

/** What is wrong with a value: a key and values for the catalogue (`field.` and the key), and the English sentence. */
export type FieldProblem = {
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly sentence: string;
};

/** A checked value, or what is wrong with it. For an entry of a list, `path` says which: `2.url`. */
export type Checked =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: FieldProblem; readonly path?: string };

/** Whether there is nothing in a value: what is not there, empty text, an empty list. */
export function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** Stored values with defaults where nothing valid is stored: what a plugin or theme sees; the nearest place is given first. */
export function withDefaults(fields: Fields, ...stored: readonly RawValues[]): Record<string, Json | undefined> {
  const out: Record<string, Json | undefined> = {};
  for (const [name, field] of Object.entries(fields)) {
    const given = stored.map((values) => values[name]).find((value) => value !== undefined);
    const checked = given === undefined ? undefined : checkValue(field, given);
    out[name] = checked?.ok && !isNothing(checked.value) ? checked.value : fallbackOf(field);
  }
  return out;
}

function fallbackOf(field: Field): Json | undefined {
  if (field.default !== undefined) return field.default;
  if (field.type === "boolean") return false;
  if (field.type === "oauth") return field.multiple ? [] : undefined;
  if (!field.required) return undefined;
  return field.type === "list" || field.multiple ? [] : "";
}

/** Checks one value (text from a form or JSON from storage) against its field. Empty text is "nothing": fine unless required. */
export function checkValue(field: Field, given: Json): Checked {
  if (field.type === "boolean")
    return { ok: true, value: given === true || given === "on" || given === "true" || given === "1" || given === 1 };
  if (field.type === "oauth") {
    const isMade = field.multiple ? Array.isArray(given) && given.every(isRecord) : isRecord(given);
    return isMade ? { ok: true, value: given } : no(field, "connect", "is connected with its button");
  }
  if (field.type === "list") return checkList(field, given);
  if (field.multiple) return checkMany(field, given);
  if (typeof given === "object" && given !== null) return no(field, "single", "is not a single value");
  const text = String(given ?? "").trim();
  if (text === "") return field.required ? no(field, "needed", "is needed") : { ok: true, value: "" };
  const most = field.max ?? (field.type === "textarea" || field.type === "markdown" ? 20_000 : 2_000);
  if (text.length > most) return no(field, "long", `is longer than ${most} characters`, { most });
  const result = checkText(field, text);
  return "value" in result ? { ok: true, value: result.value } : no(field, result.key, result.why, result.values);
}

function checkMany(field: Field, given: Json): Checked {
  // On the command line, and from a box alone, one value is a list of one.
  const all = Array.isArray(given) ? given : isNothing(given) ? [] : [given];
  if (all.length === 0) return field.required ? no(field, "needed", "is needed") : { ok: true, value: [] };
  if (all.length > 200) return no(field, "many", "has more than 200 values", { most: 200 });
  const out: Json[] = [];
  for (const one of all) {
    const checked = checkValue({ ...field, multiple: false, required: false }, one);
    if (!checked.ok) return checked;
    if (!isNothing(checked.value) && !out.includes(checked.value)) out.push(checked.value);
  }
  return { ok: true, value: out };
}

function checkList(field: Field, given: Json): Checked {
  const entries = parsed(given);
  if (!Array.isArray(entries) || !entries.every(isRecord)) return no(field, "list", "is not a list of entries");
  const [min, max] = [field.min ?? (field.required ? 1 : 0), Math.min(field.max ?? 50, 50)];
  if (entries.length < min) return no(field, "few-entries", `needs at least ${min}`, { min });
  if (entries.length > max) return no(field, "many-entries", `has at most ${max}`, { max });
  const out: Json[] = [];
  for (const [at, entry] of entries.entries()) {
    const own: Record<string, Json> = {};
    for (const [name, inner] of Object.entries(field.fields ?? {})) {
      if (inner.type === "note") continue;
      const checked = checkValue(inner, entry[name] ?? inner.default ?? "");
      if (!checked.ok) return { ...checked, path: `${at}.${name}` };
      own[name] = checked.value;
    }
    out.push(own);
  }
  return { ok: true, value: out };
}

// The command line gives a list as JSON.
function parsed(given: Json): Json {
  if (typeof given !== "string") return given;
  if (given.trim() === "") return [];
  try {
    return JSON.parse(given) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function no(field: Field, key: string, why: string, values: FieldProblem["values"] = {}): Checked {
  return { ok: false, problem: { key, values: { label: field.label, ...values }, sentence: `${field.label} ${why}.` } };
}
