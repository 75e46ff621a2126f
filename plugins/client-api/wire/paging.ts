import { invalid } from "./answers.ts";
import { countOf, textOf } from "./input.ts";

/** Which part of a list an app wants: older than an id, newer than one, so many (40 unless it says, 200 at most, 0 for none). */
export type Part = { readonly before?: number; readonly since?: number; readonly limit: number };

/** That part, as `before_id`, `since_id` and `count` say. PublicError 400 for an id that is no number. */
export function partOf(input: URLSearchParams): Part {
  const [before, since] = [idIn(input, "before_id"), idIn(input, "since_id")];
  return { ...(before !== undefined && { before }), ...(since !== undefined && { since }), limit: countOf(input) };
}

// One that is larger than any there is finds nothing, as any other that is unknown.
function idIn(input: URLSearchParams, name: string): number | undefined {
  const text = textOf(input, name);
  if (text === "" || text === "0") return undefined;
  if (!/^\d{1,20}$/.test(text)) throw invalid(`${name} must be the id of an entry, which is a whole number.`);
  return Math.min(Number(text), 2_147_483_647);
}
