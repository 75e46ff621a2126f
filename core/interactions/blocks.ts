import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Interaction } from "../hooks/values.ts";
import { ulid } from "../ids.ts";
import { hashOf } from "../posts/permalink.ts";
import { insert, marks, remove } from "../storage/rows.ts";
import type { Bindable } from "../storage/storage.ts";
import { hostOf } from "./who.ts";

/** Whom a blog hears nothing from any more: an account here, somebody by their address, or everybody of a host. */
export type Block = {
  readonly id: string;
  readonly kind: "account" | "author" | "host";
  readonly value: string;
  /** What they were called. */
  readonly label: string;
  readonly createdAt: string;
};

/** Whom to block. */
export type BlockOf = Pick<Block, "kind" | "value" | "label">;

/** The author of an interaction as somebody to block; null when there is nothing to know them by. */
export function authorToBlock({ accountId, author }: Pick<Interaction, "accountId" | "author">): BlockOf | null {
  if (accountId !== null) return { kind: "account", value: accountId, label: author.name };
  return author.url === "" ? null : { kind: "author", value: author.url, label: author.name };
}

/** The host an interaction came from, as one to block; null when it came from none. */
export function hostToBlock({ sourceUrl }: Pick<Interaction, "sourceUrl">): BlockOf | null {
  const host = hostOf(sourceUrl);
  return host === null ? null : { kind: "host", value: host, label: host };
}

/** Blocks somebody on the scope's blog, and hides what is there of them. Twice is once. */
export async function block(scope: Scope, { kind, value, label }: BlockOf): Promise<void> {
  const blog = blogOf(scope);
  const now = stamp(scope.clock.now());
  const columns = { account: "account_id", author: "author_url", host: "source_host" } as const;
  // A host stands for all below it.
  const below =
    kind === "host" ? { sql: " OR source_host LIKE ? ESCAPE '!'", values: [`%.${value.replace(/[!%_]/g, "!$&")}`] } : null;
  await scope.storage.write(async (db) => {
    const row = { id: ulid(scope.clock.now().getTime()), blog_id: blog.id, kind, value, value_hash: hashOf(`${kind} ${value}`) };
    await insert(db, "interaction_blocks", [{ ...row, label: label.slice(0, 200), created_at: now }], { ignore: true });
    await db.run(
      `UPDATE interactions SET state = 'hidden', updated_at = ? WHERE blog_id = ? AND state IN ('visible', 'held') AND (${columns[kind]} = ?${below?.sql ?? ""})`,
      [now, blog.id, value, ...(below?.values ?? [])],
    );
    await scope.touch(db, blog.id);
  });
}

/** Hears of somebody again; what was hidden stays so. False when they were not blocked. */
export async function unblock(scope: Scope, id: string): Promise<boolean> {
  return scope.storage.write(async (db) => (await remove(db, "interaction_blocks", { id, blog_id: blogOf(scope).id })) > 0);
}

/** Whom the scope's blog blocks, the newest first; `after` is the id of the last one seen. */
export async function listBlocks(scope: Scope, page: { after?: string; limit?: number } = {}): Promise<readonly Block[]> {
  const values: Bindable[] = [blogOf(scope).id];
  if (page.after !== undefined) values.push(page.after);
  const rows = await scope.storage.query(
    `SELECT id, kind, value, label, created_at FROM interaction_blocks WHERE blog_id = ? ${page.after === undefined ? "" : "AND id < ? "}ORDER BY id DESC LIMIT ${Math.min(page.limit ?? 30, 100)}`,
    values,
  );
  return rows.map((row) => ({
    id: String(row.id),
    kind: row.kind as Block["kind"],
    value: String(row.value),
    label: String(row.label),
    createdAt: String(row.created_at),
  }));
}

/** Whether the scope's blog hears nothing from whoever this is from. A host stands for all below it. */
export async function isBlocked(scope: Scope, { accountId, author, sourceUrl }: Interaction): Promise<boolean> {
  const wanted = [
    ...(accountId === null ? [] : [`account ${accountId}`]),
    ...(author.url === "" ? [] : [`author ${author.url}`]),
    ...[sourceUrl, author.url].flatMap((url) => parents(hostOf(url))).map((host) => `host ${host}`),
  ];
  const hashes = [...new Set(wanted)].map((one) => hashOf(one));
  if (hashes.length === 0) return false;
  const sql = `SELECT id FROM interaction_blocks WHERE blog_id = ? AND value_hash IN (${marks(hashes.length)}) LIMIT 1`;
  return (await scope.storage.query(sql, [blogOf(scope).id, ...hashes])).length > 0;
}

function parents(host: string | null): string[] {
  const labels = host === null ? [] : host.split(".").slice(-8);
  return labels.map((_label, at) => labels.slice(at).join("."));
}
