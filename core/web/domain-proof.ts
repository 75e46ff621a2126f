import { proofPath } from "../blogs/domains/look-at-domain.ts";
import type { Reply } from "../hooks/values.ts";
import type { Storage } from "../storage/storage.ts";
import { everywhere } from "./headers.ts";

/**
 * The token of a host that is verified: by it a look from here knows, through any proxy, that the host leads here. A host that
 * only waits has none: that its name leads here proves nothing about who asks for it.
 */
export async function domainProof(storage: Storage, host: string, path: string): Promise<Reply | null> {
  if (!path.startsWith(proofPath)) return null;
  const token = path.slice(proofPath.length);
  const sql = "SELECT token FROM blog_hosts WHERE host = ? AND token = ? AND state = 'active'";
  const isKnown = /^[\w-]{8,64}$/.test(token) && (await storage.query(sql, [host, token])).length > 0;
  const headers = { ...everywhere, "cache-control": "no-store" };
  return isKnown ? { status: 200, text: `${token}\n`, headers } : { status: 404, text: "There is no such file.\n", headers };
}
