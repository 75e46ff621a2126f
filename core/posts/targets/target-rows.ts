import { stamp } from "../../clock.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Json } from "../../hooks/values.ts";
import { marks, remove, update, insert } from "../../storage/rows.ts";
import type { Row, Transaction } from "../../storage/storage.ts";

/**
 * What became of a copy: `chosen` waits for the post to be published, `waiting` for its turn, `parked` for its account to be
 * connected again; `unknown` may have arrived, which its owner must say; `removing` and `removed` are copies that go with their post.
 */
export type CopyState = "chosen" | "waiting" | "sent" | "failed" | "skipped" | "unknown" | "parked" | "removing" | "removed";

/** Which copy. */
export type CopyKey = Pick<Copy, "postId" | "pluginId" | "target">;

/** A copy of a post elsewhere, chosen or made. */
export type Copy = {
  readonly postId: string;
  readonly pluginId: string;
  /** The plugin's own name for the account it goes to. */
  readonly target: string;
  readonly state: CopyState;
  /** A text of its own; null takes what the service makes of the post. */
  readonly ownText: string | null;
  /** Service and account in words, kept for when the service is switched off. */
  readonly label: string;
  readonly url: string;
  /** What the service gave to find its copy again. */
  readonly copy: Json;
  /** Why it failed, waits or was left out. */
  readonly reason: string;
  readonly attempts: number;
  readonly updatedAt: string;
};

/** Which target: `plugin/account`, as forms carry it in `mp-syndicate-to[]`. */
export type TargetChoice = { readonly target: string; readonly text?: string; readonly label?: string };

const columns = "post_id, plugin_id, target, state, own_text, label, url, copy, reason, attempts, updated_at";

/** The copies of posts, chosen and made, in the order of their targets. */
export async function copiesOf(scope: Scope, postIds: readonly string[]): Promise<readonly Copy[]> {
  if (postIds.length === 0) return [];
  const sql = `SELECT ${columns} FROM post_targets WHERE post_id IN (${marks(postIds.length)}) AND COALESCE(blog_id, '') = ? ORDER BY plugin_id, target`;
  return (await scope.storage.query(sql, [...postIds, blogOf(scope).id])).map(copyFrom);
}

/** One copy; null when there is none. Inside a transaction it is nobody else's until the end of it. */
export async function copyOf(scope: Scope, key: CopyKey, db?: Transaction): Promise<Copy | null> {
  const lock = db?.dialect === "mysql" ? " FOR UPDATE" : "";
  const sql = `SELECT ${columns} FROM post_targets WHERE post_id = ? AND plugin_id = ? AND target = ? AND blog_id = ?${lock}`;
  const rows = await (db ?? scope.storage).query(sql, [key.postId, key.pluginId, key.target, blogOf(scope).id]);
  return rows[0] ? copyFrom(rows[0]) : null;
}

/** A copy as the columns by which it is found. */
export const keyOf = ({ postId, pluginId, target }: CopyKey) => ({ post_id: postId, plugin_id: pluginId, target });

/** `plugin/account` in its two parts; null when it is none. */
export function targetParts(id: string): { readonly pluginId: string; readonly target: string } | null {
  const parts = /^([a-z][a-z0-9-]{1,39})\/([\x21-\x7e]{1,100})$/.exec(id);
  return parts ? { pluginId: parts[1]!, target: parts[2]! } : null;
}

/** Stores what somebody chose for a post; copies that are under way or made stay as they are. */
export async function chooseTargets(
  scope: Scope,
  db: Transaction,
  postId: string,
  choices: readonly TargetChoice[],
): Promise<void> {
  const known = new Map((await copiesOf(scope, [postId])).map((copy) => [`${copy.pluginId}/${copy.target}`, copy]));
  const wanted = new Map(choices.slice(0, 50).map((choice) => [choice.target, choice]));
  for (const [id, copy] of known) if (copy.state === "chosen" && !wanted.has(id)) await unchoose(scope, db, copy);
  for (const choice of wanted.values()) {
    const parts = targetParts(choice.target);
    const before = known.get(choice.target);
    if (!parts || (before && !choosable.has(before.state))) continue;
    const row = rowFor(scope, { postId, ...parts }, choice);
    const { state, own_text, label, updated_at } = row;
    // On MariaDB a job may have begun to send it since it was read here: then it is under way, and stays as it is.
    if (!before) await insert(db, "post_targets", [row], { ignore: true });
    // What a try before left behind stays known: it may have reached the service.
    else if (before.state !== "removed")
      await update(db, "post_targets", { state, own_text, label, updated_at }, { ...keyOf(before), state: before.state });
    else await update(db, "post_targets", row, { ...keyOf(before), state: "removed" });
  }
}

const choosable: ReadonlySet<CopyState> = new Set(["chosen", "skipped", "removed"]);

async function unchoose(scope: Scope, db: Transaction, copy: Copy): Promise<void> {
  const where = { ...keyOf(copy), state: "chosen" };
  if (copy.attempts === 0) await remove(db, "post_targets", where);
  else await update(db, "post_targets", { state: "skipped", updated_at: stamp(scope.clock.now()) }, where);
}

function rowFor(scope: Scope, key: { postId: string; pluginId: string; target: string }, choice: TargetChoice) {
  return {
    post_id: key.postId,
    plugin_id: key.pluginId,
    target: key.target,
    blog_id: blogOf(scope).id,
    state: "chosen",
    own_text: choice.text === undefined || choice.text.trim() === "" ? null : choice.text.slice(0, 100_000),
    label: (choice.label ?? "").slice(0, 200),
    url: "",
    copy: "null",
    reason: "",
    attempts: 0,
    updated_at: stamp(scope.clock.now()),
  };
}

function copyFrom(row: Row): Copy {
  return {
    postId: String(row.post_id),
    pluginId: String(row.plugin_id),
    target: String(row.target),
    state: row.state as CopyState,
    ownText: row.own_text === null ? null : String(row.own_text),
    label: String(row.label),
    url: String(row.url),
    copy: JSON.parse(String(row.copy)) as Json,
    reason: String(row.reason),
    attempts: Number(row.attempts),
    updatedAt: String(row.updated_at),
  };
}
