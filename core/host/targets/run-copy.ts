import { sentenceOf } from "../../errors.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Json } from "../../hooks/values.ts";
import { gonePost } from "../../posts/gone-post.ts";
import { postById } from "../../posts/read.ts";
import { heldBack, isPublic, moveCopy, type CopyAction } from "../../posts/targets/follow-post.ts";
import { copyReasons } from "../../posts/targets/copy-reasons.ts";
import { copyOf, keyOf, type Copy } from "../../posts/targets/target-rows.ts";
import { update } from "../../storage/rows.ts";
import { askTarget } from "./list-targets.ts";
import { settleCopy, turnState, type Turn } from "./settle-copy.ts";
import type { CopyRequest, CopyResult, TargetService } from "./target-service.types.ts";

const [patience, mostProgress] = [60_000, 100_000];

/** Makes, changes or removes one copy: the work of the core's job. What goes wrong is the copy's state, never a dead job. */
export async function runCopy(scope: Scope, data: Json): Promise<void> {
  const asked = data as { postId: string; pluginId: string; target: string; action: CopyAction };
  const { action } = asked;
  const leaves = action === "remove" || action === "replace";
  const copy = await copyOf(scope, asked);
  if (!copy || copy.state !== turnState[action]) return;
  const post = (await postById(scope, asked.postId)) ?? (leaves ? gonePost(scope, asked.postId) : null);
  if (!post) return;
  if (!leaves && !isPublic(post)) return standBack(scope, copy);
  const turn: Turn = { copy, post, action, attempt: copy.attempts + 1 };
  if (!(await begin(scope, turn))) return;
  await settleCopy(scope, turn, await ask(scope, turn));
}

// Written before anything leaves the house: after a crash in the middle the next try knows that there was one, and of two
// workers with the same job only one goes on.
async function begin(scope: Scope, { copy, attempt }: Turn): Promise<boolean> {
  const mine = { ...keyOf(copy), state: copy.state, attempts: copy.attempts };
  return (await scope.storage.write((db) => update(db, "post_targets", { attempts: attempt }, mine))) > 0;
}

// The post went before its turn came; back with it, the copy gets a new one.
async function standBack(scope: Scope, copy: Copy): Promise<void> {
  if (copy.state === "waiting") await scope.storage.write((db) => moveCopy(scope, db, copy, heldBack(copy)));
}

async function ask(scope: Scope, turn: Turn): Promise<{ result: CopyResult; isSure: boolean }> {
  const { copy, post, action, attempt } = turn;
  const request: CopyRequest = {
    target: copy.target,
    post,
    key: `${post.id}-${copy.target}`,
    attempt,
    copy: copy.copy,
    progress: (value) => progress(scope, turn, value),
    ...(copy.ownText === null ? {} : { text: copy.ownText }),
  };
  const work = (service: TargetService): Promise<CopyResult> => {
    const method = service[action === "replace" ? "remove" : action]?.bind(service);
    return method ? method(request) : Promise.resolve({ state: "failed", reason: copyReasons.cannot });
  };
  const found = await askTarget(scope, copy, { name: `${action} a copy`, limit: patience, ask: work });
  if (!found) return { result: { state: "failed", reason: copyReasons.off }, isSure: true };
  if (found.ok) return { result: found.value, isSure: true };
  const isFinal = (found.error as { permanent?: unknown })?.permanent === true;
  return { result: { state: isFinal ? "failed" : "later", reason: sentenceOf(found.error) }, isSure: isFinal };
}

// A turn that was given up and still runs must not overwrite what the next one wrote, and learns here that it is over.
async function progress(scope: Scope, { copy, attempt }: Turn, value: Json): Promise<void> {
  const text = JSON.stringify(value ?? null);
  if (text.length > mostProgress) throw new Error(`The progress of a copy is longer than ${mostProgress} letters`);
  const mine = { ...keyOf(copy), blog_id: blogOf(scope).id, attempts: attempt };
  const count = await scope.storage.write((db) => update(db, "post_targets", { copy: text }, mine));
  if (count === 0) throw new Error("The time of this try is over, or the copy is no longer wanted");
}
