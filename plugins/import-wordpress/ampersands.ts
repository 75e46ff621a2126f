const REFERENCE = /^&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});/;
const LONGEST = 40; // bytes that decide about one ampersand or the edge of a CDATA section

/**
 * The same XML with ampersands that begin no reference escaped: Squarespace and others write addresses with a bare `&`, and
 * an XML parser would swallow all up to the next semicolon. CDATA sections stay as they are.
 */
export async function* withEscapedAmpersands(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isCdata = false;
  let rest: Buffer = Buffer.alloc(0);
  let isWide: boolean | null = null;
  for await (const chunk of stream) {
    isWide ??= chunk[0] === 0xfe || chunk[0] === 0xff; // UTF-16: a byte 26 may be half of a letter
    if (isWide) yield chunk;
    else {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : asBuffer(chunk);
      const until = Math.max(0, bytes.length - LONGEST);
      const step = escapeUntil(bytes, until, isCdata);
      isCdata = step.isCdata;
      rest = bytes.subarray(step.end);
      if (step.out.length > 0) yield step.out;
    }
  }
  if (rest.length > 0) yield escapeUntil(rest, rest.length, isCdata).out;
}

/** Decides about everything that begins before `until`; the rest waits for more bytes. */
function escapeUntil(bytes: Buffer, until: number, startsInCdata: boolean) {
  const parts: Buffer[] = [];
  let isCdata = startsInCdata;
  let at = 0;
  let copied = 0;
  while (at < until) {
    if (isCdata) {
      const end = bytes.indexOf("]]>", at, "latin1");
      if (end === -1 || end >= until) {
        at = until;
        break;
      }
      at = end + 3;
      isCdata = false;
      continue;
    }
    const cdata = bytes.indexOf("<![CDATA[", at, "latin1");
    const limit = cdata === -1 || cdata > until ? until : cdata;
    for (let found = bytes.indexOf(0x26, at); found !== -1 && found < limit; found = bytes.indexOf(0x26, found + 1)) {
      if (REFERENCE.test(bytes.toString("latin1", found, found + LONGEST))) continue;
      parts.push(bytes.subarray(copied, found + 1), AMP);
      copied = found + 1;
    }
    at = limit;
    if (cdata !== -1 && cdata < until) {
      at = cdata + 9;
      isCdata = true;
    }
  }
  const end = Math.max(at, copied);
  parts.push(bytes.subarray(copied, end));
  return { out: parts.length === 1 ? parts[0]! : Buffer.concat(parts), end, isCdata };
}

const AMP = Buffer.from("amp;");
const asBuffer = (chunk: Uint8Array): Buffer => Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
