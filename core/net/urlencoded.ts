import { PublicError } from "../errors.ts";

/** Fields of a urlencoded body (WHATWG URL §5). PublicError 400 for what is no UTF-8 or holds NUL: it would be stored as something else than was sent. */
export function urlencodedFields(body: Uint8Array): URLSearchParams {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const text = bytes.toString("latin1").replace(/%(?![0-9a-f]{2})/gi, "%25");
  try {
    decodeURIComponent(text.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`));
  } catch (error) {
    if (error instanceof URIError) throw noText();
    throw error;
  }
  return soundFields(new URLSearchParams(bytes.toString("utf8")));
}

/** The fields, when all of them are text. PublicError 400. */
export function soundFields(fields: URLSearchParams): URLSearchParams {
  for (const value of fields.values()) if (value.includes("\u0000") || !value.isWellFormed()) throw noText();
  return fields;
}

const noText = () => new PublicError("request.text", "The form holds characters that are no text.", 400);
