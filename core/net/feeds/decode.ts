/**
 * The text of a feed, in the order of importers-and-feeds.md §1: byte order mark, the charset of the header, the XML declaration,
 * UTF-8. What is no UTF-8 after all is read as windows-1252; never throws.
 */
export function decodeFeed(bytes: Uint8Array, contentType = ""): string {
  const [marked, skip] = markOf(bytes);
  const named = marked ?? headerCharset(contentType) ?? unmarked(bytes) ?? declared(bytes) ?? "utf-8";
  const body = bytes.subarray(skip);
  if (named === "utf-32le" || named === "utf-32be") return utf32(body, named === "utf-32le");
  const label = isKnown(named) ? named : "utf-8";
  if (new TextDecoder(label).encoding !== "utf-8") return new TextDecoder(label).decode(body);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    const other = declared(bytes);
    const fallback = other && isKnown(other) && !/^utf-?(8|16)/i.test(other) ? other : "windows-1252";
    // One wrong byte in a text that says it is UTF-8 costs that letter, not every umlaut.
    const tolerant = new TextDecoder().decode(body);
    const lost = tolerant.split("\ufffd").length - 1;
    return marked !== null || lost * 20 < body.filter((byte) => byte > 127).length
      ? tolerant
      : new TextDecoder(fallback).decode(body);
  }
}

function markOf(bytes: Uint8Array): [string | null, number] {
  const starts = (...wanted: number[]) => wanted.every((byte, at) => bytes[at] === byte);
  if (starts(0xef, 0xbb, 0xbf)) return ["utf-8", 3];
  if (starts(0xff, 0xfe, 0, 0)) return ["utf-32le", 4];
  if (starts(0, 0, 0xfe, 0xff)) return ["utf-32be", 4];
  if (starts(0xff, 0xfe)) return ["utf-16le", 2];
  if (starts(0xfe, 0xff)) return ["utf-16be", 2];
  return [null, 0];
}

function headerCharset(contentType: string): string | null {
  const charset = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1]?.toLowerCase();
  // Servers add us-ascii to text/xml without knowing anything (RFC 3023 made it the default).
  return charset && charset !== "us-ascii" && charset !== "ascii" && isKnown(charset) ? charset : null;
}

function unmarked(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0x3c && b === 0 && c === 0 && d === 0) return "utf-32le";
  if (a === 0 && b === 0 && c === 0 && d === 0x3c) return "utf-32be";
  if (a === 0x3c && b === 0) return "utf-16le";
  if (a === 0 && b === 0x3c) return "utf-16be";
  return null;
}

function declared(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 400)).toString("latin1");
  const label = /^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']\s*([\w.:-]+)/i.exec(head)?.[1]?.toLowerCase() ?? null;
  // Whoever can read the declaration byte by byte is not reading UTF-16.
  return label && /^utf-?(16|32)/.test(label) ? "utf-8" : (label ?? metaCharset(bytes));
}

// Pages say it among their first 1,024 letters (HTML §13.2.3.2); a feed that holds a page somewhere is none.
function metaCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString("latin1");
  const label = /^\s*<(?:!doctype\s+html|html|head|meta)\b/i.test(head)
    ? /<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1]?.toLowerCase()
    : undefined;
  return label && isKnown(label) ? (/^utf-?16/.test(label) ? "utf-8" : label) : null;
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== "";
  } catch {
    return false;
  }
}

function utf32(bytes: Uint8Array, isLittle: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const letters: string[] = [];
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const point = view.getUint32(at, isLittle);
    letters.push(point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd");
  }
  return letters.join("").replace(/^\ufeff/, "");
}
