import { type XmlHandlers, type XmlLimits, XmlReader } from "./xml-reader.ts";

export { XmlError } from "./xml-error.ts";
export type { XmlElement, XmlHandlers, XmlLimits } from "./xml-reader.ts";
export { parseXml, type XmlNode } from "./xml-tree.ts";
export { xmlAttribute, xmlText } from "./xml-write.ts";

/** What was read, and what was odd but harmless in it (at most 20 sentences). */
export type XmlReport = { readonly bytes: number; readonly warnings: readonly string[] };

const CHUNK = 65_536;

/**
 * Reads XML as it arrives, in memory that does not grow with it; throws XmlError for broken, oversized or dangerous documents.
 * `afterChunk` is awaited about every 64 kB: store there what the handlers collected, and reading waits for it.
 */
export async function readXml(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  handlers: XmlHandlers & { afterChunk?: () => Promise<void> | void },
  limits: XmlLimits = {},
): Promise<XmlReport> {
  const reader = new XmlReader(handlers, limits);
  for await (const bytes of stream) {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      reader.write(bytes.subarray(at, at + CHUNK));
      await handlers.afterChunk?.();
    }
  }
  reader.end();
  await handlers.afterChunk?.();
  return { bytes: reader.bytes, warnings: reader.warnings };
}
