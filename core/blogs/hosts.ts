import { stamp } from "../clock.ts";
import { PublicError } from "../errors.ts";
import { audit } from "../people/audit.ts";
import { insert, update } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { randomName } from "../ids.ts";
import type { Hub } from "./blog.ts";
import { domainProblem, hostFromAddress } from "./host-names.ts";
import { touch } from "./versions.ts";

/** A host that leads to a blog, or will once its domain is verified; `token` belongs into the TXT record `_rookery.<host>`. */
export type BlogHost = {
  readonly host: string;
  readonly blogId: string;
  readonly state: "pending" | "active" | "suspended";
  readonly isMain: boolean;
  readonly token: string;
  readonly createdAt: string;
};

/** How long a claim that nobody proved keeps other blogs of the installation from claiming the same domain. */
export const claimDays = 7;

/** Until when a pending domain is kept for its blog; after that another blog may claim it. */
export function claimedUntil({ createdAt }: Pick<BlogHost, "createdAt">): Date {
  return new Date(Date.parse(createdAt) + claimDays * 24 * 3600_000);
}

/**
 * Notes a domain for a blog, to be verified; one that is the blog's already stays as it is. PublicError 422 for one that cannot
 * be, 409 for one that leads to another blog or is claimed by one since less than a week.
 */
export async function addDomain(
  db: Transaction,
  blogId: string,
  domain: string,
  place: { hub: Hub; now: Date },
): Promise<BlogHost> {
  const host = hostFromAddress(domain);
  const problem = host === null ? "This is not a domain name; it looks like blog.example.org." : domainProblem(host, place.hub);
  if (host === null || problem !== null)
    throw new PublicError("domain.refused", problem!, 422, { host: host ?? domain.slice(0, 200) });
  const row = { host, blog_id: blogId, state: "pending", is_main: false, token: randomName(), created_at: stamp(place.now) };
  if ((await insert(db, "blog_hosts", [row], { ignore: true })) > 0) return hostFrom(row);
  // Locked: on MariaDB one that was noted a moment ago is beyond this transaction's view, but not beyond its locks.
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const rows = await db.query(`SELECT ${hostColumns} FROM blog_hosts WHERE host = ?${lock}`, [host]);
  const found = hostFrom(rows[0]!);
  if (found.blogId === blogId) return found;
  if (found.state !== "pending")
    throw new PublicError("domain.taken", `${host} leads to another blog of this installation.`, 409, { host });
  await takeOver(db, found, row);
  return hostFrom({ ...row, is_main: 0 });
}

// A claim that nobody proved keeps the domain's owner out for a week, no longer; the blog that had it finds that in its log.
async function takeOver(db: Transaction, found: BlogHost, row: Parameters<typeof update>[2] & { host: string }): Promise<void> {
  const { host } = row;
  const now = new Date(String(row.created_at));
  const until = claimedUntil(found);
  // By its token: of two that come for a lapsed claim at once, one gets it.
  const isTaken = now >= until && (await update(db, "blog_hosts", row, { host, state: "pending", token: found.token })) > 0;
  if (isTaken) await db.run("DELETE FROM domain_checks WHERE host = ?", [host]);
  if (isTaken)
    return audit(
      db,
      { action: "domain.lapsed", subject: host, blogId: found.blogId, via: "core", detail: { to: String(row.blog_id) } },
      now,
    );
  throw new PublicError(
    "domain.claimed",
    `${host} waits to be verified for another blog of this installation: remove it there, or claim it here after ${stamp(until).slice(0, 10)} if it was not verified by then.`,
    409,
    { host, date: stamp(until).slice(0, 10) },
  );
}

/** The hosts of a blog, the main one first. */
export async function hostsOf(storage: Storage, blogId: string): Promise<readonly BlogHost[]> {
  const sql = `SELECT ${hostColumns} FROM blog_hosts WHERE blog_id = ? ORDER BY is_main DESC, host LIMIT 100`;
  return (await storage.query(sql, [blogId])).map(hostFrom);
}

/** Marks a blog's domain as verified: from now on it answers. PublicError 404 when it is not the blog's. */
export async function markVerified(db: Transaction, blogId: string, host: string): Promise<void> {
  if ((await update(db, "blog_hosts", { state: "active" }, { host, blog_id: blogId })) === 0) throw unknownDomain();
  await touch(db, blogId);
}

/** Makes a verified host the blog's address; the others lead there. PublicError 409 while it is not verified, 404 for none. */
export async function useAsMain(db: Transaction, blogId: string, host: string, now: Date): Promise<void> {
  const rows = await db.query("SELECT state FROM blog_hosts WHERE host = ? AND blog_id = ?", [host, blogId]);
  if (!rows[0]) throw unknownDomain();
  if (rows[0].state !== "active")
    throw new PublicError("domain.pending", `${host} is not verified yet; set its DNS records first.`, 409, { host });
  await update(db, "blog_hosts", { is_main: false }, { blog_id: blogId });
  await update(db, "blog_hosts", { is_main: true }, { host });
  await update(db, "blogs", { host, updated_at: stamp(now) }, { id: blogId });
  await touch(db, blogId);
}

/** Lets a domain go. PublicError 409 for the blog's main one, 404 for none. */
export async function removeDomain(db: Transaction, blogId: string, host: string): Promise<void> {
  const rows = await db.query("SELECT is_main FROM blog_hosts WHERE host = ? AND blog_id = ?", [host, blogId]);
  if (!rows[0]) throw unknownDomain();
  if (Number(rows[0].is_main) === 1)
    throw new PublicError("domain.main", `${host} is the blog's address; choose another as its address first.`, 409, { host });
  await db.run("DELETE FROM blog_hosts WHERE host = ? AND blog_id = ?", [host, blogId]);
  await db.run("DELETE FROM domain_checks WHERE host = ?", [host]);
  await touch(db, blogId);
}

const hostColumns = "host, blog_id, state, is_main, token, created_at";
const unknownDomain = () => new PublicError("domain.unknown", "This domain is not one of the blog's.", 404);

function hostFrom(row: Readonly<Record<string, string | number | boolean | null>>): BlogHost {
  return {
    host: String(row.host),
    blogId: String(row.blog_id),
    state: row.state as BlogHost["state"],
    isMain: Number(row.is_main) === 1,
    token: String(row.token),
    createdAt: String(row.created_at),
  };
}
