import { stamp } from "../../clock.ts";
import { sentenceOf } from "../../errors.ts";
import { type Scope } from "../../hooks/scope.ts";
import type { Json, Post } from "../../hooks/values.ts";
import { enqueueMany } from "../../jobs/enqueue.ts";
import { nextAttempt } from "../../jobs/next-attempt.ts";
import { postById } from "../../posts/read.ts";
import { jobFor, moveCopy, type CopyAction } from "../../posts/targets/follow-post.ts";
import { addSyndication } from "../../posts/targets/syndication.ts";
import { copyOf, type Copy } from "../../posts/targets/target-rows.ts";
import { update } from "../../storage/rows.ts";
import { askTarget } from "./list-targets.ts";
import type { CopyRequest, CopyResult, TargetService } from "./target-service.types.ts";

const [mostAttempts, patience] = [6, 60_000];
const states = { send: "waiting", update: "sent", remove: "removing" } as const;

/** Makes, changes or removes one copy: the work of the core's job. What goes wrong is the copy's state, never a dead job. */
export async function runCopy(scope: Scope, data: Json): Promise<void> {
  const asked = data as { postId: string; pluginId: string; target: string; action: CopyAction };
  const copy = await copyOf(scope, asked);
  const post = await postById(scope, asked.postId);
  if (!copy || !post || copy.state !== states[asked.action]) return;
  if (asked.action !== "remove" && post.status !== "published") return;
  const attempt = copy.attempts + 1;
  // Written before anything leaves the house: after a crash in the middle the next try knows that there was one.
  await scope.storage.write((db) => update(db, "post_targets", { attempts: attempt }, keyOf(copy)));
  const result = await ask(scope, { copy, post, action: asked.action, attempt });
  await settle(scope, { copy, post, action: asked.action, attempt }, result);
}

type Turn = { readonly copy: Copy; readonly post: Post; readonly action: CopyAction; readonly attempt: number };

async function ask(scope: Scope, { copy, post, action, attempt }: Turn): Promise<CopyResult> {
  const request: CopyRequest = {
    target: copy.target,
    post,
    key: `${post.id}-${copy.target}`,
    attempt,
    copy: copy.copy,
    ...(copy.ownText === null ? {} : { text: copy.ownText }),
  };
  const work = (service: TargetService): Promise<CopyResult> => {
    const method = service[action]?.bind(service);
    return method ? method(request) : Promise.resolve({ state: "failed", reason: "This service cannot do that." });
  };
  const found = await askTarget(scope, copy, { name: `${action} a copy`, limit: patience, ask: work });
  if (!found) return { state: "failed", reason: "The plugin that sends there is switched off." };
  if (found.ok) return found.value;
  const isFinal = (found.error as { permanent?: unknown })?.permanent === true;
  return { state: isFinal ? "failed" : "later", reason: sentenceOf(found.error) };
}

async function settle(scope: Scope, turn: Turn, result: CopyResult): Promise<void> {
  const { copy, post, action, attempt } = turn;
  const now = scope.clock.now();
  await scope.storage.write(async (db) => {
    if (result.state === "later" && attempt < mostAttempts) {
      const wished = result.at && !Number.isNaN(Date.parse(result.at)) ? new Date(result.at) : now;
      const runAt = new Date(Math.max(wished.getTime(), nextAttempt(attempt, now, Math.random).getTime()));
      await moveCopy(scope, db, copy, { state: copy.state, reason: result.reason });
      return enqueueMany(db, [jobFor(scope, copy, action, runAt)]);
    }
    await update(db, "post_targets", { attempts: 0 }, keyOf(copy));
    if (result.state !== "sent") {
      // A copy that could not be changed is still there.
      const state = action === "update" ? "sent" : result.state === "skipped" ? "skipped" : "failed";
      return moveCopy(scope, db, copy, { state, reason: result.reason });
    }
    if (action === "remove") return moveCopy(scope, db, copy, "removed");
    const url = result.url === undefined ? copy.url : webAddress(result.url);
    const row = { state: "sent", reason: "", url, attempts: 0, updated_at: stamp(now) };
    await update(db, "post_targets", { ...row, copy: JSON.stringify(result.copy ?? copy.copy) }, keyOf(copy));
    if (url !== "" && url !== copy.url) await addSyndication(scope, db, post.id, url);
  });
}

const keyOf = ({ postId, pluginId, target }: Copy) => ({ post_id: postId, plugin_id: pluginId, target });

// It becomes a link on the blog.
function webAddress(url: string): string {
  return url.length <= 2000 && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : "";
}
