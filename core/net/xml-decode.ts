import { XmlError } from "./xml-error.ts";

const START = { line: 1, column: 1 };
// The names of the web's encoding standard: ISO 8859-1 is read as Windows-1252, which is what its writers mean.
const ENCODINGS: Record<string, string> = {
  "utf-8": "utf-8",
  utf8: "utf-8",
  "us-ascii": "windows-1252",
  ascii: "windows-1252",
  "iso-8859-1": "windows-1252",
  latin1: "windows-1252",
  "windows-1252": "windows-1252",
  cp1252: "windows-1252",
  "iso-8859-15": "iso-8859-15",
  "utf-16": "utf-16le",
};

/** Gives a strict streaming decoder for XML whose first bytes are these: by byte order mark, else by declaration, else UTF-8. */
export function xmlDecoder(head: Uint8Array): TextDecoder {
  return new TextDecoder(encodingOf(head), { fatal: true });
}

function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  const declared = /^<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(
    Buffer.from(head.subarray(0, 300)).toString("latin1"),
  )?.[1];
  if (declared === undefined) return "utf-8";
  const encoding = ENCODINGS[declared.toLowerCase()];
  if (encoding === undefined)
    throw new XmlError("encoding", `the encoding ${declared} is not supported; save the file as UTF-8.`, START);
  return encoding;
}
