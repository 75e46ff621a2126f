import { PublicError } from "../../../core/errors.ts";
import type { EditFields } from "../../../core/posts/autosave/edits.ts";
import { one } from "../../fields.ts";
import type { Typed } from "./typed.ts";

// They say which composer it is, not what stands in it.
const aboutTheForm = new Set(["csrf", "intent", "draftKey", "version", "page", "blog", "against", "id"]);

const formNames: Readonly<Record<string, keyof Typed>> = {
  name: "name",
  content: "content",
  summary: "summary",
  "mp-slug": "slug",
  category: "category",
  published: "published",
  "in-reply-to": "inReplyTo",
  lang: "lang",
  photo: "photos",
  panels: "panels",
  "audio-rows": "audio",
};

/** The fields of a JSON body: texts, or lists of texts. PublicError 400 for anything else, and for what is no text. */
export function fieldsOfJson(body: Buffer): EditFields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString("utf8"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw unreadable();
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw unreadable();
  const fields = Object.entries(parsed).flatMap(([name, value]: [string, unknown]) => {
    if (value === null) return [];
    const values = (Array.isArray(value) ? value : [value]).map((one: unknown) => (typeof one === "number" ? String(one) : one));
    if (!values.every((one): one is string => typeof one === "string" && one.isWellFormed() && !one.includes("\u0000")))
      throw unreadable();
    return [[name, values] as const];
  });
  if (fields.length > 1000 || fields.some(([name, values]) => name.length > 200 || values.length > 1000)) throw unreadable();
  return Object.fromEntries(fields);
}

const unreadable = () =>
  new PublicError("draft.unreadable", "This is no JSON object whose fields are texts or lists of texts.", 400);

/** What of sent fields somebody typed. */
export function typedFields(fields: EditFields): EditFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !aboutTheForm.has(name)));
}

/** Fields as a form would have sent them. */
export function asForm(fields: EditFields): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, values] of Object.entries(fields)) for (const value of values) form.append(name, value);
  return form;
}

/** Fields of a sent form by name. */
export function fieldsOfForm(form: URLSearchParams): EditFields {
  const fields: Record<string, string[]> = { "photo[]": [] };
  for (const [name, value] of form) (fields[name] ??= []).push(value);
  return fields;
}

/** Whether a field was sent at all, as `name` or `name[]`. */
export function isSent(fields: EditFields, name: string): boolean {
  return Object.hasOwn(fields, name) || Object.hasOwn(fields, `${name}[]`);
}

/** Whether nothing is typed that somebody would miss. */
export function isBlank(fields: EditFields): boolean {
  // What panels begin with is theirs to know; a composer whose panels stand as they were drawn sends nothing.
  if (Object.entries(fields).some(([name, values]) => name.startsWith("panel.") && values.some((value) => value !== "")))
    return false;
  return ["name", "content", "summary", "in-reply-to", "photo", "audio"].every((name) =>
    [...(fields[name] ?? []), ...(fields[`${name}[]`] ?? [])].every((value) => value.trim() === ""),
  );
}

/** Puts what was typed over what a post says; a field that was not sent stays as the post has it. */
export function overlay(base: Typed, typed: Typed, fields: EditFields): Typed {
  const kept = Object.entries(formNames).flatMap(([name, key]) => (isSent(fields, name) ? [] : [[key, base[key]]]));
  return { ...typed, ...(Object.fromEntries(kept) as Partial<Typed>), kind: base.kind };
}

/** Which opened composer sent a form; empty without script. */
export function pageOf(form: URLSearchParams): string {
  return one(form, "page").slice(0, 64);
}
