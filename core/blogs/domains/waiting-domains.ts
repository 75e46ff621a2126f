import type { Storage } from "../../storage/storage.ts";

/** Domains that somebody added and that are not proven yet, with the blog they are for; 20 at most. */
export async function waitingDomains(storage: Pick<Storage, "query">): Promise<readonly { host: string; blog: string }[]> {
  return storage.query<{ host: string; blog: string }>(
    "SELECT h.host, b.host AS blog FROM blog_hosts h JOIN blogs b ON b.id = h.blog_id WHERE h.state = 'pending' ORDER BY h.host LIMIT 20",
  );
}
