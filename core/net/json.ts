/** JSON that is refused before it can do harm; `reason` is stable, `limit` is the number exceeded, if one was. */
export class JsonRefused extends Error {
  readonly reason: "too-large" | "too-deep" | "malformed" | "reserved-key";
  readonly limit: number | undefined;

  constructor(reason: JsonRefused["reason"], limit?: number, options?: ErrorOptions) {
    super(`The JSON was refused: ${reason}${limit === undefined ? "" : ` (limit ${limit})`}.`, options);
    this.name = "JsonRefused";
    this.reason = reason;
    this.limit = limit;
  }
}

/** Limits of `parseJson`: bytes of UTF-8 (default 1 MB) and levels of arrays and objects (default 32). */
export type JsonLimits = { maxBytes?: number; maxDepth?: number };

const RESERVED = new Set(["__proto__", "constructor", "prototype"]);
// Keys may be spelled with escapes, so those are looked at too.
const SUSPICIOUS = /__proto__|constructor|prototype|\\u/;

/** Gives the value of a JSON text; of equal keys the last wins. Throws JsonRefused for broken, oversized, deep or poisonous input. */
export function parseJson(text: string, { maxBytes = 1_000_000, maxDepth = 32 }: JsonLimits = {}): unknown {
  if (text.length > maxBytes || Buffer.byteLength(text) > maxBytes) throw new JsonRefused("too-large", maxBytes);
  if (depthOf(text) > maxDepth) throw new JsonRefused("too-deep", maxDepth);
  const value = parse(text);
  if (SUSPICIOUS.test(text) && hasReservedKey(value)) throw new JsonRefused("reserved-key");
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new JsonRefused("malformed", undefined, { cause });
  }
}

/** V8 parses a million levels without complaint; whoever walks the value afterwards overflows, so levels are counted on the text. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x5d || code === 0x7d) depth--;
  }
  return deepest;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1;
  return at;
}

function hasReservedKey(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(hasReservedKey);
  return Object.entries(value).some(([key, inner]) => RESERVED.has(key) || hasReservedKey(inner));
}
