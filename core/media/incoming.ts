import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { MediaStore } from "./store.ts";

/** Bytes on their way in: in memory, or in a file of ours that may be changed before it is kept. */
export type Content = { readonly bytes: Uint8Array } | { readonly path: string };

/** A place in which parts are read and overwritten, without all of it being in memory. */
export type Patchable = {
  readonly size: number;
  /** Fewer bytes than asked for only at the end. */
  read(at: number, length: number): Promise<Buffer>;
  write(at: number, bytes: Uint8Array): Promise<void>;
};

/** How many bytes there are. */
export async function sizeOf(content: Content): Promise<number> {
  return "bytes" in content ? content.bytes.byteLength : (await stat(content.path)).size;
}

/** SHA-256 in hex, without holding up the event loop however long the content is. */
export async function hashOfContent(content: Content): Promise<string> {
  if ("bytes" in content) {
    const digest = await crypto.subtle.digest("SHA-256", content.bytes as Uint8Array<ArrayBuffer>);
    return Buffer.from(digest).toString("hex");
  }
  const hash = createHash("sha256");
  for await (const piece of createReadStream(content.path) as AsyncIterable<Buffer>) hash.update(piece);
  return hash.digest("hex");
}

/** Puts the content into the store; a file goes there without passing through memory as a whole. */
export async function putContent(store: MediaStore, name: string, content: Content, type: string): Promise<void> {
  if ("bytes" in content) await store.put(name, content.bytes, type);
  else await store.putFile(name, content.path, type);
}

/** Lets `work` read and overwrite parts of the content; bytes are changed where they are. */
export async function patch<T>(content: Content, work: (file: Patchable) => Promise<T>): Promise<T> {
  if ("bytes" in content) return work(patchableBytes(content.bytes));
  const file = await open(content.path, "r+");
  try {
    const { size } = await file.stat();
    return await work({
      size,
      async read(at, length) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, Math.min(length, size - at))), 0, undefined, at);
        return buffer.subarray(0, bytesRead);
      },
      write: async (at, bytes) => void (await file.write(bytes, 0, bytes.byteLength, at)),
    });
  } finally {
    await file.close();
  }
}

function patchableBytes(bytes: Uint8Array): Patchable {
  return {
    size: bytes.byteLength,
    read: async (at, length) => Buffer.from(bytes.subarray(at, at + length)),
    write: async (at, part) => bytes.set(part, at),
  };
}
