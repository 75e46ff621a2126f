import { stamp } from "../../clock.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import { blankPost } from "../../posts/blank-post.ts";
import type { Context } from "../context.types.ts";
import { listTargets, ruleOf } from "./list-targets.ts";

/** Where copies of the scope's blog can go, as apps show it. */
export function targetsApi(scope: Scope): Context["targets"] {
  return {
    async list() {
      const blank = blankPost(blogOf(scope), stamp(scope.clock.now()));
      const targets = await listTargets(scope);
      const rules = await Promise.all(targets.map((target) => ruleOf(scope, target, blank)));
      return targets.map(({ uid, service, account }, at) => {
        const name = account === "" ? service : `${service} (${account})`;
        return { uid, name, service, account, isOn: rules[at]!.isOn };
      });
    },
  };
}
