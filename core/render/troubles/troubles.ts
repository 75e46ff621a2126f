import { stamp } from "../../clock.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import { mailLater, type MailParts } from "../../people/mail/mail-later.ts";
import { upsert } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import type { Notice } from "../render.types.ts";

/** A template that failed on a blog's pages and was passed by, or a theme that could not be used. */
export type Trouble = {
  /** As its owner knows it: `perch/post.njk`, with “(own copy)” behind for an own template. */
  readonly template: string;
  readonly line: number;
  readonly message: string;
  readonly isOwn: boolean;
  readonly failedAt: string;
};

const day = 24 * 60 * 60_000;
const hour = 60 * 60_000;

/** What failed within the last 24 hours, the latest first: for a badge, and the page behind it. */
export async function troublesOf(scope: Scope): Promise<readonly Trouble[]> {
  const since = stamp(new Date(scope.clock.now().getTime() - day));
  const sql =
    "SELECT template, line, message, is_own, failed_at FROM theme_troubles WHERE blog_id = ? AND failed_at > ? ORDER BY failed_at DESC LIMIT 50";
  const rows = await scope.storage.query(sql, [blogOf(scope).id, since]);
  return rows.map((row) => ({
    template: String(row.template),
    line: Number(row.line),
    message: String(row.message),
    isOwn: row.is_own === 1,
    failedAt: String(row.failed_at),
  }));
}

/** Writes down what failed, and mails it to the blog's owner, at most one letter an hour for each blog. */
export async function recordTrouble(scope: Scope, mail: MailParts, notice: Notice): Promise<void> {
  const now = scope.clock.now();
  const { template, line, isOwn } = notice;
  const message = notice.message.slice(0, 1000);
  await scope.storage.write(async (db) => {
    await db.run("DELETE FROM theme_troubles WHERE failed_at < ?", [stamp(new Date(now.getTime() - 30 * day))]);
    const row = { blog_id: notice.blogId, template: template.slice(0, 180), line, message, is_own: isOwn, failed_at: stamp(now) };
    await upsert(db, "theme_troubles", row, ["blog_id", "template"]);
    await tell(scope, db, mail, notice);
  });
}

/** Forgets that an own template failed, when it was written anew or is gone. */
export async function forgetTrouble(db: Transaction, blogId: string, theme: string, template?: string): Promise<void> {
  const [which, value] =
    template === undefined ? ["template LIKE ?", `${theme}/%(own copy)`] : ["template = ?", `${theme}/${template} (own copy)`];
  await db.run(`DELETE FROM theme_troubles WHERE blog_id = ? AND ${which}`, [blogId, value]);
}

async function tell(scope: Scope, db: Transaction, mail: MailParts, notice: Notice): Promise<void> {
  const now = scope.clock.now();
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const blogs =
    "SELECT b.title, b.host, a.name, a.username, a.email, a.language FROM blogs b JOIN accounts a ON a.id = b.owner_id WHERE b.id = ?";
  const [row] = await db.query(blogs + lock, [notice.blogId]);
  const [last] = await db.query("SELECT MAX(told_at) AS at FROM theme_troubles WHERE blog_id = ?", [notice.blogId]);
  const isTold = last?.at !== null && last?.at !== undefined && String(last.at) > stamp(new Date(now.getTime() - hour));
  if (!row?.email || isTold) return;
  await db.run("UPDATE theme_troubles SET told_at = ? WHERE blog_id = ? AND template = ?", [
    stamp(now),
    notice.blogId,
    notice.template.slice(0, 180),
  ]);
  const what = notice.isDeactivated ? "theme-switched-off" : "theme-trouble";
  const link = `${scope.site.url}/b/${String(row.host)}/design`;
  const values = {
    name: String(row.name || row.username),
    blog: String(row.title),
    template: notice.template,
    line: notice.line,
    message: notice.message,
    link,
  };
  await mailLater(mail, db, { to: String(row.email), template: what, language: String(row.language), values });
}
