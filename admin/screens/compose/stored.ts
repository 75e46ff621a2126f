import type { Post } from "../../../core/hooks/values.ts";
import { audit } from "../../../core/people/audit.ts";
import { askCopies } from "../../../core/posts/targets/follow-post.ts";
import { copiesOf } from "../../../core/posts/targets/target-rows.ts";
import { undoSeconds } from "../../../core/posts/undo-window.ts";
import type { Transaction } from "../../../core/storage/storage.ts";
import type { Flash } from "../../../core/web/flash.ts";
import { formatDate } from "../../formats.ts";
import type { OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";

/** Writes into the log that a post came out, changed or got a time; drafts are nobody's business. */
export async function noteStored({ scope, blog }: OnBlog, db: Transaction, post: Post, before: Post | null): Promise<void> {
  if (post.status === "draft") return;
  const isUpdate = before?.status === "published" && post.status === "published";
  const action = isUpdate ? "post.updated" : post.status === "scheduled" ? "post.scheduled" : "post.published";
  const by = { accountId: scope.principal.accountId, blogId: blog.id, via: "web", address: scope.address };
  await audit(db, { action, subject: post.id, ...by }, scope.clock.now());
}

/** Has the copies changed that somebody ticked beside “Update”. */
export async function updateCopies(place: OnBlog, db: Transaction, post: Post, asked: AskedOfCopies): Promise<void> {
  await askTicked(place, db, { post, ticked: asked.update, action: "update" });
  await askTicked(place, db, { post, ticked: asked.replace, action: "replace" });
}

/** Which copies change with their post, and which are deleted and sent again, as a form ticked them. */
export type AskedOfCopies = { readonly update: readonly string[]; readonly replace: readonly string[] };

type Ticked = { readonly post: Post; readonly ticked: readonly string[]; readonly action: "update" | "replace" };

async function askTicked({ scope }: OnBlog, db: Transaction, { post, ticked, action }: Ticked): Promise<void> {
  if (ticked.length === 0 || post.status !== "published") return;
  const sent = (await copiesOf(scope, [post.id])).filter(
    (copy) => copy.state === "sent" && ticked.includes(`${copy.pluginId}/${copy.target}`),
  );
  await askCopies(scope, db, sent, action);
}

/** What the next page says, with Undo beside it while nothing has left the house. */
export async function saidOf(request: AdminRequest, place: OnBlog, post: Post, before: Post | null): Promise<string | Flash> {
  const { t, language } = request;
  const zone = place.blog.timeZone;
  if (post.status === "scheduled") {
    const date = `${formatDate(post.publishedAt, zone, language)} (${zone})`;
    return t("compose.scheduled", { date });
  }
  if (post.status !== "published") return t("compose.saved");
  if (before?.status === "published") return t("compose.updated");
  const seconds = undoSeconds(place.blog);
  if (seconds === 0) return t("compose.published");
  const n = (await copiesOf(place.scope, [post.id])).filter(({ state }) => state === "waiting").length;
  const text = n === 0 ? t("compose.published") : t("compose.published-sending", { n, seconds });
  const undo = {
    path: place.at(`/posts/${post.id}/undo`),
    fields: { version: String(post.version) },
    label: t("posts.undo"),
  };
  return { text, undo };
}
