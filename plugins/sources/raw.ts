import { gunzipSync, gzipSync } from "node:zlib";

const most = 64_000;

/** An item as it was written, packed for keeping; empty when it is larger than 64 KB even so. */
export function packed(raw: string): string {
  if (raw === "") return "";
  const text = gzipSync(raw, { level: 3 }).toString("base64");
  return text.length <= most ? text : "";
}

/** What `packed` was given, to be read by `parseFeed` again; empty when nothing was kept. */
export function unpacked(kept: string): string {
  return kept === "" ? "" : gunzipSync(Buffer.from(kept, "base64"), { maxOutputLength: 1_000_000 }).toString();
}
