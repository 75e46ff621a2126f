import { optionValues } from "../../../core/hooks/field-text.ts";
import { storedConnections } from "../../../core/host/connections/keep-connection.ts";
import type { Field } from "../../../core/hooks/fields.ts";
import type { Json } from "../../../core/hooks/values.ts";
import { toLocalInput } from "../../formats.ts";
import { splitDuration } from "./durations.ts";
import type { Choice, Choices, Control, ControlGroup, FormParts, GeneratedForm, ListRow, Look } from "./form.types.ts";
import { prefix, rowsIn } from "./sent-values.ts";

const inputTypes: Readonly<Record<string, string>> = {
  url: "url",
  email: "email",
  number: "number",
  date: "date",
  dateTime: "datetime-local",
};

const looks: Readonly<Partial<Record<Field["type"], Look>>> = {
  boolean: "checkbox",
  textarea: "textarea",
  markdown: "textarea",
  radio: "radios",
  secret: "secret",
  range: "range",
  color: "color",
  duration: "duration",
  image: "picture",
  list: "list",
  oauth: "connection",
  note: "note",
};

const chosen: readonly Field["type"][] = ["select", "font", "category", "page", "menu", "blog", "account"];

/** Makes a form of fields: for a plugin, a theme or the installation alike. Secrets never come back. */
export async function generatedForm(parts: FormParts): Promise<GeneratedForm> {
  const entries = Object.entries(parts.fields).toSorted(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0));
  const groups = new Map<string, Control[]>([["", []]]);
  for (const [key, field] of entries) {
    const control = await controlOf(parts, { key, field, name: prefix + key, stored: parts.stored[key] });
    const label = field.group ?? "";
    groups.set(label, [...(groups.get(label) ?? []), control]);
  }
  const shown: ControlGroup[] = [...groups]
    .filter(([, controls]) => controls.length > 0)
    .map(([label, controls]) => ({ label, controls, hasProblem: controls.some(hasProblem) }));
  return {
    groups: shown,
    hasFiles: entries.some(([, { type }]) => type === "image"),
    timeZone: parts.timeZone,
    isEmpty: entries.length === 0,
  };
}

type Place = { readonly key: string; readonly field: Field; readonly name: string; readonly stored: Json | undefined };

async function controlOf(parts: FormParts, { key, field, name, stored }: Place): Promise<Control> {
  const choices: Choices = field.options
    ? { list: optionsOf(field) }
    : needsChoices(field)
      ? await parts.choicesOf(field)
      : { list: [] };
  const isLong = choices.isLong === true;
  const look = lookOf(field, isLong);
  const value = look === "secret" || look === "connection" ? "" : valueOf(parts, { key, field, name, stored });
  const [amount, unit] = look === "duration" ? durationIn(parts, name, value) : [value, ""];
  const rows = look === "list" ? await rowsOf(parts, field, name, value) : [];
  const typed = look === "connection" ? await typedControls(parts, key, name) : [];
  return {
    name,
    key,
    look,
    type: inputTypes[field.type] ?? "text",
    field,
    value: isLong ? await typedOf(choices, amount) : amount,
    isSet: stored !== undefined,
    choices: withCurrent(choices.list, look, amount),
    rows,
    canAdd: rows.length < Math.min(field.max ?? 50, 50),
    unit,
    problem: parts.problems?.[name.slice(prefix.length)] ?? null,
    sentence: parts.sentences?.[name] ?? null,
    typed,
    when: whenOf(parts, field),
    connections: look === "connection" ? connectionsIn(stored) : [],
  };
}

function lookOf(field: Field, isLong: boolean): Look {
  if (field.multiple && field.type !== "oauth") return "many";
  if (chosen.includes(field.type)) return isLong ? "typed" : "select";
  return looks[field.type] ?? "text";
}

const needsChoices = ({ type }: Field): boolean => type === "image" || (chosen.includes(type) && type !== "select");

function optionsOf(field: Field): Choice[] {
  return (field.options ?? []).map((option) => (typeof option === "string" ? { value: option, label: option } : option));
}

// What was typed comes back; else what is stored, else the default.
function valueOf({ sent, timeZone }: FormParts, { field, name, stored }: Place): Json {
  if (sent === undefined || (field.type === "image" && !sent.has(name))) {
    const known = stored ?? field.default ?? (field.multiple || field.type === "list" ? [] : "");
    return field.type === "dateTime" ? toLocalInput(String(known) || null, timeZone) : known;
  }
  if (field.type === "boolean") return sent.has(name);
  if (field.multiple) return sent.getAll(name);
  if (field.type === "list") return rowsIn(sent, name);
  return sent.get(name) ?? "";
}

function durationIn({ sent }: FormParts, name: string, value: Json): [Json, string] {
  return sent?.has(name) ? [value, sent.get(`${name}.unit`) ?? "M"] : splitDuration(String(value));
}

async function typedOf({ list, find }: Choices, value: Json): Promise<Json> {
  if (typeof value !== "string" || value === "") return value;
  const found = list.find((one) => one.value === value) ?? (await find?.(value)) ?? null;
  return found?.typed ?? value;
}

// A stored choice that is not offered any more stays chosen until somebody chooses another.
function withCurrent(choices: readonly Choice[], look: Look, value: Json): readonly Choice[] {
  const isThere = value === "" || typeof value !== "string" || choices.some((one) => one.value === value);
  return look !== "select" || isThere ? choices : [...choices, { value, label: value }];
}

async function rowsOf(parts: FormParts, field: Field, name: string, value: Json): Promise<readonly ListRow[]> {
  const entries = (Array.isArray(value) ? value : []) as readonly Readonly<Record<string, Json>>[];
  const inner = Object.entries(field.fields ?? {});
  const rows = entries.map(async (entry, at) => {
    const controls = inner.map(([key, one]) =>
      controlOf(parts, { key, field: one, name: `${name}.${at}.${key}`, stored: entry[key] }),
    );
    const made = await Promise.all(controls);
    const hasFocus = parts.focus === `${name}.${at}`;
    return { number: at + 1, controls: made, isFirst: at === 0, isLast: at === entries.length - 1, hasFocus };
  });
  return Promise.all(rows);
}

function whenOf({ fields }: FormParts, field: Field): Control["when"] {
  const [first] = Object.entries(field.when ?? {});
  if (!first) return null;
  const [name, wanted] = first;
  const other = fields[name];
  const words = [wanted].flat().map((one) => wordFor(other, one));
  return { json: JSON.stringify(field.when), label: other?.label ?? name, values: words.join(", ") };
}

// Saving must not ask for them: they count only when somebody connects.
async function typedControls(parts: FormParts, key: string, name: string): Promise<readonly Control[]> {
  const fields = Object.entries(parts.typed?.[key] ?? {});
  const made = fields.map(([inner, field]) =>
    controlOf(parts, { key: inner, field: { ...field, required: false }, name: `${name}.${inner}`, stored: undefined }),
  );
  return Promise.all(made);
}

function wordFor(field: Field | undefined, value: string | number | boolean): string {
  if (field === undefined || !optionValues(field).includes(String(value))) return String(value);
  return optionsOf(field).find((one) => one.value === value)!.label;
}

function connectionsIn(stored: Json | undefined): Control["connections"] {
  return storedConnections(stored).map(({ account, expiresAt }) => ({ account, expiresAt }));
}

const hasProblem = (control: Control): boolean =>
  control.problem !== null ||
  control.sentence !== null ||
  control.typed.some(hasProblem) ||
  control.rows.some(({ controls }) => controls.some(hasProblem));
