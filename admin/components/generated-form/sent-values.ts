import type { FieldProblem } from "../../../core/hooks/field-values.ts";
import type { Field, Fields } from "../../../core/hooks/fields.ts";
import type { Json } from "../../../core/hooks/values.ts";
import { fromLocalInput } from "../../formats.ts";
import { joinDuration } from "./durations.ts";
import type { ChoicesOf } from "./form.types.ts";

/** What the names of all controls of a generated form begin with, so that they meet none of the page's own. */
export const prefix = "s-";

/** What a form says, for the settings room to check; `problems` are choices that are not there. */
export type SentValues = {
  readonly values: Readonly<Record<string, Json>>;
  readonly problems: Readonly<Record<string, FieldProblem>>;
};

type Parts = { readonly fields: Fields; readonly choicesOf: ChoicesOf; readonly timeZone: string };

/**
 * Reads a sent form. An unticked box is false, a secret can be asked to be forgotten (null); a field that hangs on another
 * and does not count now is left out, so that it keeps its value.
 */
export async function sentValues(sent: URLSearchParams, parts: Parts): Promise<SentValues> {
  const values: Record<string, Json> = {};
  const problems: Record<string, FieldProblem> = {};
  for (const [key, field] of Object.entries(parts.fields)) {
    const name = prefix + key;
    if (field.type === "note" || field.type === "oauth" || !counts(sent, parts.fields, field)) continue;
    if (field.type === "secret") {
      if (sent.has(`${name}.forget`)) values[key] = null;
      else if (sent.get(name)) values[key] = sent.get(name)!;
      continue;
    }
    if (field.type === "image" && !sent.has(name)) continue;
    const value = field.type === "list" ? await listIn(sent, name, field, parts) : await valueIn(sent, name, field, parts);
    if (value === null) problems[key] = notThere(field);
    else values[key] = value;
  }
  return { values, problems };
}

async function valueIn(sent: URLSearchParams, name: string, field: Field, parts: Parts): Promise<Json> {
  if (field.type === "boolean") return sent.has(name);
  if (field.multiple) return sent.getAll(name).filter((one) => one !== "");
  const given = sent.get(name) ?? "";
  if (field.type === "duration") return joinDuration(given, sent.get(`${name}.unit`) ?? "");
  if (field.type === "dateTime") return given === "" ? "" : (fromLocalInput(given, parts.timeZone) ?? given);
  if (given === "" || !looksUp.includes(field.type)) return given;
  return lookUp(given, field, parts.choicesOf);
}

const looksUp: readonly Field["type"][] = ["category", "page", "menu", "blog", "account", "image", "font"];

// The value of a choice, or what is typed for it; null for what there is none of.
async function lookUp(given: string, field: Field, choicesOf: ChoicesOf): Promise<string | null> {
  const { list, find } = await choicesOf(field);
  const typed = given.trim();
  const found = list.find((one) => one.value === typed || one.typed === typed) ?? (await find?.(typed)) ?? null;
  return found?.value ?? null;
}

async function listIn(sent: URLSearchParams, name: string, field: Field, parts: Parts): Promise<Json> {
  const rows: Json[] = [];
  for (let at = 0; at < rowCount(sent, name); at++) {
    const row: Record<string, Json> = {};
    for (const [key, inner] of Object.entries(field.fields ?? {}))
      if (inner.type !== "note") row[key] = await valueIn(sent, `${name}.${at}.${key}`, inner, parts);
    rows.push(row);
  }
  return rows;
}

/** What was typed beside the button that connects the field `key`; an unticked box is false. */
export function typedIn(sent: URLSearchParams, key: string, fields: Fields): Record<string, Json> {
  const inner = Object.entries(fields).filter(([, { type }]) => type !== "note");
  const name = (one: string) => `${prefix}${key}.${one}`;
  return Object.fromEntries(
    inner.map(([one, { type }]) => [one, type === "boolean" ? sent.has(name(one)) : (sent.get(name(one)) ?? "")]),
  );
}

/** The entries of a list as they were sent, one record of texts each. */
export function rowsIn(sent: URLSearchParams, name: string): Record<string, string>[] {
  return Array.from({ length: rowCount(sent, name) }, (_, at) => {
    const start = `${name}.${at}.`;
    return Object.fromEntries(
      [...sent].filter(([one]) => one.startsWith(start)).map(([one, text]) => [one.slice(start.length), text]),
    );
  });
}

/** How many entries of a list were sent. */
export function rowCount(sent: URLSearchParams, name: string): number {
  const count = Number(sent.get(`${name}.rows`) ?? 0);
  return Number.isInteger(count) && count >= 0 ? Math.min(count, 50) : 0;
}

// Whether the others have the values it hangs on.
function counts(sent: URLSearchParams, fields: Fields, field: Field): boolean {
  return Object.entries(field.when ?? {}).every(([key, wanted]) => {
    const other = fields[key];
    const name = prefix + key;
    const now = other?.type === "boolean" ? [String(sent.has(name))] : sent.getAll(name);
    return [wanted].flat().some((one) => now.includes(String(one)));
  });
}

function notThere(field: Field): FieldProblem {
  const values = { label: field.label };
  return { key: "choice", values, sentence: `${field.label} must be one of those that are there.` };
}
