import type { Filter } from "../environment.ts";
import { escapeText, html, isHtml } from "../html.ts";
import type { State } from "../state.ts";
import { fieldNames, isRecord, momentOf, read } from "../values.ts";
import { named } from "./keywords.ts";

/** What decides how a value is printed. */
export const outputFilters: Record<string, Filter> = {
  default: named("default", ["value", "boolean"], (_, value, other, falsy) =>
    falsy ? value || other : value === undefined ? other : value,
  ),
  escape: (call, value) => (isHtml(value) ? value : html(escapeText(call.text(value)))),
  // Html passes; a text stays a text and is escaped. A literal written in the template became Html while compiling.
  safe: (_, value) => value,
  urlencode: (call, value) => (isRecord(value) ? query(call, value) : encoded(call, value)),
  nl2br: (call, value) => html((isHtml(value) ? value.toString() : escapeText(call.text(value))).replace(/\r\n|\n/g, "<br />\n")),
  json: (call, value) => html(json(call, value) ?? "null"),
};

function encoded(call: State, value: unknown): string {
  const text = call.text(value);
  call.charge(text.length >>> 3);
  // A lone surrogate has no encoding and would throw.
  return encodeURIComponent(text.toWellFormed());
}

function query(call: State, fields: Record<string, unknown>): string {
  return fieldNames(fields)
    .map((key) => `${encoded(call, key)}=${encoded(call, read(fields, key))}`)
    .join("&");
}

const risky = /[<>&'=\u2028\u2029]|\\"/g;

// Written so that it can end neither a script element nor, by `=`, start an attribute if it lands in one by mistake.
function quoted(call: State, text: string): string {
  call.charge((text.length >>> 3) + 1);
  return JSON.stringify(text).replace(
    risky,
    (found) =>
      `\\u${found
        .charCodeAt(found.length - 1)
        .toString(16)
        .padStart(4, "0")}`,
  );
}

function json(call: State, value: unknown): string | undefined {
  call.charge(1);
  if (typeof value === "string") return quoted(call, value);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "null";
  if (isHtml(value)) return quoted(call, value.toString());
  if (momentOf(value) !== undefined) return quoted(call, call.text(value));
  const made = Array.isArray(value) ? value.map((item) => json(call, item) ?? "null").join(",") : null;
  if (made !== null) return `[${paid(call, made)}]`;
  return isRecord(value) ? `{${paid(call, fieldsOf(call, value))}}` : undefined;
}

function fieldsOf(call: State, value: Record<string, unknown>): string {
  const fields: string[] = [];
  for (const key of fieldNames(value)) {
    const text = json(call, read(value, key));
    if (text !== undefined) fields.push(`${quoted(call, key)}:${text}`);
  }
  return fields.join(",");
}

function paid(call: State, text: string): string {
  call.chargeText(text.length);
  return text;
}
