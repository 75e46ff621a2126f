import type { OwnReply } from "../api.ts";
import { hashOf } from "../ids.ts";
import { addressOf, type Own } from "../own.ts";

/** A reply or mention as it is stored. */
export type ReplyRow = {
  readonly id: string;
  readonly accountId: string;
  readonly number: number;
  readonly kind: "reply" | "mention";
  readonly state: "waiting" | "sent" | "failed" | "removed";
  readonly reason: string;
  readonly isDue: boolean;
  readonly revision: number;
  readonly attempts: number;
  readonly source: string;
  readonly html: string;
  readonly targetNumber: number;
  readonly targetUrl: string;
  readonly targetBlog: string;
  readonly targetPost: string;
  readonly parentSource: string;
  readonly toAccount: string;
  readonly toName: string;
  readonly wantsCopy: boolean;
  readonly copyBlog: string;
  readonly copyPost: string;
  readonly copyUrl: string;
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** The columns one is read by. */
export const columns =
  "id, account_id, number, kind, state, reason, is_due, revision, attempts, source, html, target_number, target_url, target_blog, target_post, " +
  "parent_source, to_account, to_name, wants_copy, copy_blog, copy_post, copy_url, created_at, updated_at";

export function rowFrom(row: Readonly<Record<string, unknown>>): ReplyRow {
  const text = (name: string) => String(row[name] ?? "");
  return {
    id: text("id"),
    accountId: text("account_id"),
    number: Number(row.number),
    kind: text("kind") as ReplyRow["kind"],
    state: text("state") as ReplyRow["state"],
    reason: text("reason"),
    isDue: Number(row.is_due) === 1,
    revision: Number(row.revision),
    attempts: Number(row.attempts),
    source: text("source"),
    html: text("html"),
    targetNumber: Number(row.target_number),
    targetUrl: text("target_url"),
    targetBlog: text("target_blog"),
    targetPost: text("target_post"),
    parentSource: text("parent_source"),
    toAccount: text("to_account"),
    toName: text("to_name"),
    wantsCopy: Number(row.wants_copy) === 1,
    copyBlog: text("copy_blog"),
    copyPost: text("copy_post"),
    copyUrl: text("copy_url"),
    createdAt: text("created_at"),
    updatedAt: text("updated_at"),
  };
}

/** By what its words are found, and known again. */
export const wordsOf = (source: string) => ({ words: source.toLowerCase(), text_hash: hashOf(source) });

/** Where it stands: its copy on the own blog if there is one, else its page on the installation. */
export const urlOf = (context: Pick<Own, "site">, { id, copyUrl }: Pick<ReplyRow, "id" | "copyUrl">): string =>
  copyUrl || addressOf(context, id);

/** A reply as its writer's apps list it. */
export function ownReply(context: Pick<Own, "site">, row: ReplyRow): OwnReply {
  const { number, source, html, createdAt: at, targetUrl: replyTo } = row;
  return { number, url: urlOf(context, row), source, html, at, replyTo };
}
