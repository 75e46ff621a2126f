import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import tar from "tar-stream";
import { PublicError } from "../errors.ts";
import { parseManifest, type Manifest } from "./manifest.ts";

const manifestLimit = 256 * 1024 * 1024;

/** Reads a backup's entries one after the other; `take` must read each content to its end. */
export async function eachEntry(file: string, take: (path: string, content: Readable) => Promise<void>): Promise<void> {
  const extract = tar.extract();
  const reading = createReadStream(file);
  reading.on("error", (error) => extract.destroy(error)).pipe(extract);
  try {
    for await (const entry of extract) {
      const content = entry as unknown as Readable;
      await take(entry.header.name, content);
      content.resume();
    }
  } catch (error) {
    if (error instanceof PublicError) throw error;
    throw new PublicError(
      "backup.unreadable",
      `The backup ${file} cannot be read (${(error as Error).message}): take another copy of it.`,
    );
  } finally {
    reading.destroy();
  }
}

/** Reads a whole backup and compares every hash; a PublicError when anything is missing, changed or strange. */
export async function verifyBackup(file: string): Promise<Manifest> {
  const found = new Map<string, { bytes: number; sha256: string }>();
  let manifest: Manifest | null = null;
  await eachEntry(file, async (path, content) => {
    if (path === "manifest.json") {
      manifest = parseManifest(await textOf(content));
      return;
    }
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const part of content) {
      hash.update(part as Buffer);
      bytes += (part as Buffer).length;
    }
    found.set(path, { bytes, sha256: hash.digest("hex") });
  });
  return compare(file, manifest, found);
}

/** The text of an entry. */
export async function textOf(content: Readable): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of content) {
    bytes += (part as Buffer).length;
    if (bytes > manifestLimit) throw new PublicError("backup.format", "This backup holds an entry too large to be one of ours.");
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString("utf8");
}

function compare(file: string, manifest: Manifest | null, found: Map<string, { bytes: number; sha256: string }>): Manifest {
  if (!manifest) {
    throw new PublicError(
      "backup.cut-off",
      `${file} is not a whole backup (its list of contents is missing): take another copy of it.`,
    );
  }
  for (const entry of manifest.entries) {
    const there = found.get(entry.path);
    if (!there || there.bytes !== entry.bytes || there.sha256 !== entry.sha256) {
      throw new PublicError("backup.damaged", `The backup ${file} is damaged at ${entry.path}: take another copy of it.`);
    }
    found.delete(entry.path);
  }
  const [extra] = found.keys();
  if (extra !== undefined)
    throw new PublicError("backup.damaged", `The backup ${file} holds ${extra}, which its list of contents lacks.`);
  return manifest;
}
