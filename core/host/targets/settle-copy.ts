import { stamp } from "../../clock.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { Post } from "../../hooks/values.ts";
import { enqueueMany } from "../../jobs/enqueue.ts";
import { nextAttempt } from "../../jobs/next-attempt.ts";
import { postById } from "../../posts/read.ts";
import { followLater, isPublic, jobFor, type CopyAction } from "../../posts/targets/follow-post.ts";
import { addSyndication, dropSyndication } from "../../posts/targets/syndication.ts";
import { copyOf, keyOf, type Copy, type CopyState } from "../../posts/targets/target-rows.ts";
import { remove, update } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import type { CopyResult } from "./target-service.types.ts";

/** In which state a copy must be for its turn. */
export const turnState = { send: "waiting", update: "sent", remove: "removing", replace: "removing" } as const;

/** One turn of a copy: what it and its post were when it began. */
export type Turn = { readonly copy: Copy; readonly post: Post; readonly action: CopyAction; readonly attempt: number };

/** `isSure` says that the plugin itself told of it: a try that threw or took too long may have reached the service. */
type Answer = { readonly result: CopyResult; readonly isSure: boolean };
type Unsent = Exclude<CopyResult, { state: "sent" }>;

const [mostAttempts, parkedCheck] = [6, 3_600_000];

/** Writes down what became of a turn. The copy may have been taken back, or its post changed, while the turn ran. */
export async function settleCopy(scope: Scope, turn: Turn, { result, isSure }: Answer): Promise<void> {
  await scope.storage.write(async (db) => {
    const copy = await copyOf(scope, turn.copy, db);
    if (!copy) return;
    if (result.state !== "sent") return unsent(scope, db, { ...turn, copy }, { result, isSure });
    if (turn.action === "remove" || turn.action === "replace") return gone(scope, db, copy, turn.action === "replace");
    return arrived(scope, db, { ...turn, copy }, result);
  });
}

async function arrived(scope: Scope, db: Transaction, turn: Turn, result: CopyResult & { state: "sent" }): Promise<void> {
  const { copy, post, action } = turn;
  const url = result.url === undefined ? copy.url : webAddress(result.url);
  const isUnwanted = copy.state === "removing";
  const kept = { url, copy: JSON.stringify(result.copy ?? copy.copy), attempts: 0 };
  await write(scope, db, copy, { ...kept, state: isUnwanted ? "removing" : "sent", reason: "" });
  const now = scope.clock.now();
  if (isUnwanted) return enqueueMany(db, [jobFor(scope, copy, "remove", now)]);
  if (url !== copy.url && copy.url !== "") await dropSyndication(scope, db, copy.postId, copy.url);
  if (url !== "" && url !== copy.url) await addSyndication(scope, db, copy.postId, url);
  if (action !== "send") return;
  const fresh = await postById(scope, copy.postId);
  if (!fresh || !isPublic(fresh)) await enqueueMany(db, [followLater(scope, copy.postId, "deletes")]);
  else if (fresh.version !== post.version) await enqueueMany(db, [followLater(scope, copy.postId, "edits")]);
}

async function gone(scope: Scope, db: Transaction, copy: Copy, isReplaced: boolean): Promise<void> {
  await write(scope, db, copy, { state: "removed", reason: "", attempts: 0 });
  if (copy.url !== "") await dropSyndication(scope, db, copy.postId, copy.url);
  // The row outlived its post for this.
  const post = await postById(scope, copy.postId);
  if (!post) await remove(db, "post_targets", keyOf(copy));
  if (!isReplaced || !post || !isPublic(post)) return;
  await write(scope, db, copy, { state: "waiting", reason: "", attempts: 0, url: "", copy: "null" });
  await enqueueMany(db, [jobFor(scope, copy, "send", scope.clock.now())]);
}

async function unsent(scope: Scope, db: Transaction, turn: Turn, { result, isSure }: { result: Unsent; isSure: boolean }) {
  const { copy, action, attempt } = turn;
  const { reason } = result;
  const progress = result.copy === undefined ? {} : { copy: JSON.stringify(result.copy) };
  if (action === "send" && copy.state === "removing") {
    const isThere = !isSure || result.state === "unknown";
    const state = isThere ? "unknown" : "removed";
    return write(scope, db, copy, { ...progress, state, reason: isThere ? reason : "", attempts: isThere ? attempt : 0 });
  }
  if (copy.state !== turnState[action] || copy.attempts !== attempt) return;
  const to = (state: CopyState, attempts: number) => write(scope, db, copy, { ...progress, state, reason, attempts });
  const again = (at: Date) => enqueueMany(db, [jobFor(scope, copy, action, at)]);
  const now = scope.clock.now();

  if (result.state === "parked" && action !== "send") {
    await to(copy.state, attempt - 1);
    return again(new Date(now.getTime() + parkedCheck));
  }
  if (result.state === "parked") return to("parked", attempt - 1);
  if (result.state === "unknown" && (action === "send" || (action === "remove" && copy.url === "")))
    return to("unknown", attempt);
  if ((result.state === "later" || result.state === "unknown") && attempt % mostAttempts !== 0) {
    const fresh = await postById(scope, copy.postId);
    if (action !== "remove" && !(fresh && isPublic(fresh))) return to(action === "send" ? "chosen" : "sent", attempt);
    await to(copy.state, attempt);
    return again(nextTry(result, attempt, now));
  }
  if (action !== "update" && result.state === "later" && result.isUnsure) return to("unknown", attempt);
  // A copy that could not be changed or removed is still there.
  if (action !== "send") return to("sent", 0);
  // What nobody is sure of keeps its number of tries, so that Retry looks at the service first.
  return to(result.state === "skipped" ? "skipped" : "failed", isSure && result.state !== "later" ? 0 : attempt);
}

function nextTry(result: Unsent, attempt: number, now: Date): Date {
  const at = result.state === "later" ? result.at : undefined;
  const wished = at && !Number.isNaN(Date.parse(at)) ? Date.parse(at) : 0;
  return new Date(Math.max(wished, nextAttempt(attempt % mostAttempts, now, Math.random).getTime()));
}

type Changes = { state: CopyState; reason: string; attempts?: number; url?: string; copy?: string };

async function write(scope: Scope, db: Transaction, copy: Copy, changes: Changes): Promise<void> {
  const row = { ...changes, reason: changes.reason.slice(0, 2000), updated_at: stamp(scope.clock.now()) };
  await update(db, "post_targets", row, keyOf(copy));
}

// It becomes a link on the blog.
function webAddress(url: string): string {
  return url.length <= 2000 && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : "";
}
