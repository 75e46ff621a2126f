import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import type { Json } from "../../hooks/values.ts";
import { audit } from "../../people/audit.ts";
import { upsert } from "../../storage/rows.ts";
import type { Bindable, Row, Storage, Transaction } from "../../storage/storage.ts";
import { markVerified, hostsOf, type BlogHost } from "../hosts.ts";
import { lookAtDomain, type DomainFinding, type LookParts } from "./look-at-domain.ts";

/** The last look at a domain. */
export type DomainCheck = DomainFinding & {
  readonly host: string;
  readonly blogId: string;
  readonly checkedAt: string;
  /** Since when it has not led here any more; null while it does, or before it ever did. */
  readonly failingSince: string | null;
};

/** Who asked for the look; null is the daily job. */
export type CheckedBy = { readonly accountId: string | null; readonly via: string; readonly address?: string };

const columns = "host, blog_id, checked_at, is_proven, leads_here, found, failing_since";

/**
 * Looks at a domain of a blog and writes down what was found. One that waits is verified when its owner is proven; one that
 * answers is never taken away, however wrong its records are. PublicError 404 when it is not the blog's.
 */
export async function checkDomain(
  storage: Storage,
  parts: LookParts,
  domain: { blogId: string; host: string; by: CheckedBy },
  now: Date,
): Promise<DomainCheck> {
  const host = (await hostsOf(storage, domain.blogId)).find((one) => one.host === domain.host);
  if (!host) throw new PublicError("domain.unknown", "This domain is not one of the blog's.", 404);
  const finding = await lookAtDomain(parts, host);
  await storage.write((db) => keep(db, host, finding, { by: domain.by, now }));
  return (await checksOf(storage, host.blogId)).find((one) => one.host === host.host)!;
}

async function keep(db: Transaction, host: BlogHost, finding: DomainFinding, at: { by: CheckedBy; now: Date }): Promise<void> {
  const { by, now } = at;
  // Removed, or proven by somebody else, while we looked.
  const [row] = await db.query("SELECT state FROM blog_hosts WHERE host = ? AND blog_id = ? AND token = ?", [
    host.host,
    host.blogId,
    host.token,
  ]);
  if (!row) throw new PublicError("domain.unknown", "This domain is not one of the blog's.", 404);
  const [before] = await db.query("SELECT failing_since FROM domain_checks WHERE host = ?", [host.host]);
  const known = (before?.failing_since ?? null) as string | null;
  const isFailing = row.state === "active" && !finding.leadsHere && !finding.isSilent;
  await upsert(
    db,
    "domain_checks",
    {
      host: host.host,
      blog_id: host.blogId,
      checked_at: stamp(now),
      is_proven: finding.isProven,
      leads_here: finding.leadsHere,
      found: JSON.stringify(foundIn(finding)),
      failing_since: isFailing ? (known ?? stamp(now)) : finding.isSilent ? known : null,
    },
    ["host"],
  );
  if (row.state !== "pending" || !finding.isProven) return;
  await markVerified(db, host.blogId, host.host);
  const proof = finding.texts.includes(host.token) ? "dns" : "file";
  await audit(db, { action: "domain.verified", subject: host.host, blogId: host.blogId, detail: { proof }, ...by }, now);
}

/** What was found about each domain of a blog, last time. */
export async function checksOf(storage: Storage, blogId: string): Promise<readonly DomainCheck[]> {
  return (await storage.query(`SELECT ${columns} FROM domain_checks WHERE blog_id = ? LIMIT 100`, [blogId])).map(checkFrom);
}

/** Domains that stopped leading here, the longest first; 20 at most. */
export async function failingDomains(storage: Storage): Promise<readonly DomainCheck[]> {
  const sql = `SELECT ${columns} FROM domain_checks WHERE failing_since IS NOT NULL ORDER BY failing_since LIMIT 20`;
  return (await storage.query(sql)).map(checkFrom);
}

/** Domains that answer and were not looked at since a moment, by host, going on after one. */
export async function domainsToCheck(
  storage: Storage,
  page: { before: string; after: string; ownNames: string },
): Promise<readonly { host: string; blogId: string }[]> {
  const values: Bindable[] = [page.after, page.ownNames, page.before];
  const rows = await storage.query(
    "SELECT h.host, h.blog_id FROM blog_hosts h LEFT JOIN domain_checks c ON c.host = h.host " +
      "WHERE h.host > ? AND h.state = 'active' AND h.host NOT LIKE ? AND (c.checked_at IS NULL OR c.checked_at < ?) ORDER BY h.host LIMIT 20",
    values,
  );
  return rows.map((row) => ({ host: String(row.host), blogId: String(row.blog_id) }));
}

function foundIn({ addresses, aliases, texts, hasFile, isSilent }: DomainFinding): Json {
  return { addresses, aliases, texts, hasFile, isSilent };
}

function checkFrom(row: Row): DomainCheck {
  const found = JSON.parse(String(row.found)) as Pick<DomainFinding, "addresses" | "aliases" | "texts" | "hasFile" | "isSilent">;
  return {
    ...found,
    host: String(row.host),
    blogId: String(row.blog_id),
    checkedAt: String(row.checked_at),
    isProven: Number(row.is_proven) === 1,
    leadsHere: Number(row.leads_here) === 1,
    failingSince: row.failing_since as string | null,
  };
}
