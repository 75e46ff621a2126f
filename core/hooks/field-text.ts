import type { Field } from "./fields.ts";

/** A text as its field's value, or why it is none: a key for the catalogue, the end of the English sentence, and its values. */
export type CheckedText =
  | { readonly value: string | number }
  | { readonly key: string; readonly why: string; readonly values: Readonly<Record<string, string | number>> };

/** Checks text that somebody typed, not empty, against a field that takes one value. */
export function checkText(field: Field, text: string): CheckedText {
  switch (field.type) {
    case "number":
    case "range":
      return checkNumber(field, text);
    case "url":
    case "image":
      return isWebAddress(text) ? { value: text } : no("url", "must be a web address such as https://example.com");
    case "email":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
        ? { value: text }
        : no("email", "must be an e-mail address such as kim@example.com");
    case "handle":
      return /^@?[\p{L}\p{N}._-]+(@[\p{L}\p{N}.-]+\.[\p{L}\p{N}]+(:\d+)?)?$/u.test(text)
        ? { value: text.replace(/^@/, "") }
        : no("handle", "must be a name such as @kim@example.com");
    case "color":
      return /^#[0-9a-fA-F]{6}$/.test(text) ? { value: text.toLowerCase() } : no("color", "must be a colour such as #1f5fbf");
    case "date":
      return isDay(text) ? { value: text } : no("date", "must be a date such as 2026-11-24");
    case "dateTime":
      return checkMoment(text);
    case "duration":
      return checkDuration(field, text);
    case "select":
    case "radio":
      return optionValues(field).includes(text)
        ? { value: text }
        : no("option", `must be one of: ${optionValues(field).join(", ")}`, { options: optionValues(field).join(", ") });
    default:
      return field.pattern === undefined || new RegExp(`^(?:${field.pattern})$`, "u").test(text)
        ? { value: text }
        : no("pattern", "does not have the form that is expected");
  }
}

/** The values a select or radio field offers. */
export function optionValues(field: Field): string[] {
  return (field.options ?? []).map((option) => (typeof option === "string" ? option : option.value));
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function checkMoment(text: string): CheckedText {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time)
    ? no("dateTime", "must be a date and a time such as 2026-11-24T09:30Z")
    : { value: new Date(time).toISOString() };
}

function checkDuration(field: Field, text: string): CheckedText {
  const seconds = secondsOf(text);
  if (seconds === null || seconds < 0) return no("duration", "must be a length of time such as PT30M");
  if (field.min !== undefined && seconds < field.min)
    return no("short-duration", `must be ${field.min} seconds or more`, { min: field.min });
  if (field.max !== undefined && seconds > field.max)
    return no("long-duration", `must be ${field.max} seconds or less`, { max: field.max });
  return { value: text };
}

/** The seconds of an ISO 8601 length of time of days and smaller (`P1D`, `PT90M`); null when it is none. */
export function secondsOf(text: string): number | null {
  if (!/^P(?=.)(\d{1,9}D)?(T(?=.)(\d{1,9}H)?(\d{1,9}M)?(\d{1,9}S)?)?$/.test(text)) return null;
  return Temporal.Duration.from(text).total({ unit: "seconds" });
}

function checkNumber(field: Field, text: string): CheckedText {
  const value = Number(text);
  if (!Number.isFinite(value)) return no("number", "must be a number");
  if (field.min !== undefined && value < field.min) return no("min", `must be ${field.min} or more`, { min: field.min });
  if (field.max !== undefined && value > field.max) return no("max", `must be ${field.max} or less`, { max: field.max });
  return { value };
}

const no = (key: string, why: string, values: Readonly<Record<string, string | number>> = {}): CheckedText => ({
  key,
  why,
  values,
});
