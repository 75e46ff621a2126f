import { PublicError } from "rookery/plugin";
import { missing } from "./answers.ts";
import { numberOf } from "./input.ts";

/** Somebody's words as one line, cut to so many letters. */
export function oneLine(text: string | null | undefined, most: number): string {
  const line = (text ?? "").toWellFormed().replaceAll("\0", "").replace(/\s+/gu, " ").trim();
  return line.slice(0, most).toWellFormed();
}

/** The number an address holds; PublicError 404 with this sentence for what can be none. */
export function idOf(text: string | null | undefined, sentence: string): number {
  const number = numberOf(text);
  if (number === null) throw missing(sentence);
  return number;
}

/** An address of the web, 2,048 letters at most; empty for none, null for what is no such address. */
export function webAddress(text: string | null | undefined): string | null {
  const given = text?.trim() ?? "";
  if (given === "") return "";
  const url = URL.parse(given);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.href.length > 2_048) return null;
  return url.href;
}

/** 422 `invalid_request`: rightly written, but more than there may be, or not possible. */
export const refused = (sentence: string): PublicError => new PublicError("invalid_request", sentence, 422);
