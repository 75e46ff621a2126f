import type { Storage } from "../../storage/storage.ts";
import { nameTrouble } from "../../people/names.ts";

/** Whether a handle is somebody's, waits for an admin's answer, or leads to a blog as `NAME.<hub host>`. */
export async function isNameTaken(
  storage: Pick<Storage, "query">,
  name: string,
  hub: { readonly url: string },
): Promise<boolean> {
  const host = `${name}.${new URL(hub.url).hostname}`;
  const sql =
    "SELECT username AS name FROM accounts WHERE username = ? UNION ALL SELECT username FROM sign_ups WHERE username = ? " +
    "UNION ALL SELECT host FROM blog_hosts WHERE host = ?";
  return (await storage.query(sql, [name, name, host])).length > 0;
}

/** A free name near the one somebody wanted; null when there is nothing to make one of. */
export async function freeNameNear(
  storage: Pick<Storage, "query">,
  wanted: string,
  hub: { readonly url: string },
): Promise<string | null> {
  const base = wanted
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^(xn-)?-+|-+$/g, "")
    .slice(0, 30)
    .replace(/-+$/, "");
  if (base === "") return null;
  for (const name of [base, `${base}-writes`, ...[2, 3, 4, 5, 6].map((n) => `${base}${n}`)])
    if (nameTrouble(name) === null && !(await isNameTaken(storage, name, hub))) return name;
  return null;
}
