import { PublicError } from "rookery/plugin";
import { isbnOf } from "../books/isbn.ts";
import { invalid } from "../wire/answers.ts";
import { flagOf, numberOf } from "../wire/input.ts";
import type { NoteWish } from "./notes.ts";

/** Letters of a note, and of what an app makes of so many by encrypting them: four bytes a letter, a third more in base64. */
const most = { clear: 100_000, encrypted: 540_000 } as const;

/** What an app says of a note. PublicError 400 and 413. */
export function noteWish(input: URLSearchParams): NoteWish {
  const sharing = flagOf(input, "is_unsharing") ? "end" : flagOf(input, "is_sharing") ? "begin" : undefined;
  const isEncrypted = flagOf(input, "is_encrypted");
  const body = input.get("text") ?? undefined;
  if (body !== undefined) check(body, isEncrypted === true && sharing !== "begin");
  return {
    ...(body !== undefined && { body: body.toWellFormed().replaceAll("\0", "").replaceAll("\r\n", "\n") }),
    ...(isEncrypted !== undefined && { isEncrypted }),
    ...(sharing && { sharing }),
    ...(input.has("attached_book_isbn") && { bookIsbn: isbnOf(input.get("attached_book_isbn")) }),
    ...(input.has("attached_post_id") && { postNumber: numberOf(input.get("attached_post_id")) }),
  };
}

function check(body: string, isEncrypted: boolean): void {
  if (body.length > (isEncrypted ? most.encrypted : most.clear))
    throw new PublicError("invalid_request", "A note has 100,000 letters at most.", 413);
  // Nonce and tag alone are 28 bytes; anything else would be lost on every device.
  if (isEncrypted && !/^[A-Za-z0-9+/_-]{38,}={0,2}$/.test(body.replace(/\s/g, "")))
    throw invalid("An encrypted note is sent as base64.");
}
