/** Text that cannot be taken as it is: bytes that are not UTF-8, a NUL, or half of a character pair. */
export class TextRefused extends Error {
  readonly reason: "not-utf-8" | "nul" | "lone-surrogate";

  constructor(reason: TextRefused["reason"], options?: ErrorOptions) {
    super(`The text cannot be used: ${reason}.`, options);
    this.name = "TextRefused";
    this.reason = reason;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
// oxlint-disable-next-line no-control-regex
const OTHER_CONTROLS = /[\u0001-\u0008\u000b\u000c\u000e-\u001f]/g;

/** Gives the text of UTF-8 bytes, without a byte order mark; throws TextRefused for anything else, and never replaces a character. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new TextRefused("not-utf-8", { cause });
  }
}

/** Gives text with line ends as `\n` and control characters except tab removed; throws TextRefused for NUL and lone surrogates. */
export function cleanText(text: string): string {
  if (text.includes("\0")) throw new TextRefused("nul");
  if (!text.isWellFormed()) throw new TextRefused("lone-surrogate");
  return text.replace(/\r\n?/g, "\n").replace(OTHER_CONTROLS, "");
}
