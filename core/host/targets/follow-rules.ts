import type { Scope } from "../../hooks/scope.ts";
import type { Json } from "../../hooks/values.ts";
import { postById } from "../../posts/read.ts";
import { askCopies, isPublic, type Follows } from "../../posts/targets/follow-post.ts";
import { remove } from "../../storage/rows.ts";
import { copiesOf } from "../../posts/targets/target-rows.ts";
import { listTargets } from "./list-targets.ts";

/** Has the copies of a post that changed, or went, follow it where the rules of their targets say so: the work of the core's job. */
export async function followRules(scope: Scope, data: Json): Promise<void> {
  const { postId, what } = data as { postId: string; what: Follows };
  const post = await postById(scope, postId);
  const isOut = post !== null && isPublic(post);
  if (isOut !== (what === "edits")) return;
  const targets = new Map((await listTargets(scope)).map((target) => [target.uid, target]));
  await scope.storage.write(async (db) => {
    const following = (await copiesOf(scope, [postId])).filter(({ pluginId, target, state }) => {
      const { follows, limits } = targets.get(`${pluginId}/${target}`) ?? {};
      return state === "sent" && follows?.[what] === true && limits?.[what === "edits" ? "edit" : "delete"] === true;
    });
    await askCopies(scope, db, following, what === "edits" ? "update" : "remove");
    // Of an erased post nothing is kept but what is still on its way out.
    if (!post) await remove(db, "post_targets", { post_id: postId, state: "sent" });
  });
}
