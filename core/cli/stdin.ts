import { PublicError } from "../errors.ts";

/** Everything that comes, as text; a PublicError when it is not UTF-8, for what cannot be read must not be stored as question marks. */
export async function readText(parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(all));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new PublicError(
      "cli.utf-8",
      "What came on stdin is not UTF-8, so nothing was changed: convert it first, for example with iconv -f LATIN1 -t UTF-8.",
    );
  }
}
