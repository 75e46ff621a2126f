import type { Context, Draft, Json } from "rookery/plugin";
import { textOf } from "../entry/mf2.ts";
import { invalid } from "../problem.ts";

/**
 * Where copies go by `mp-syndicate-to`: without it as each target's own rule says (undefined), empty means nowhere, else the uids
 * of q=syndicate-to. 400 for one there is none of.
 */
export async function targetsOf(context: Context, sent: readonly Json[] | undefined): Promise<Draft["targets"]> {
  if (sent === undefined) return undefined;
  const uids = sent.flatMap((value) => textOf(value)?.trim() || []);
  if (uids.length === 0) return [];
  const known = new Map((await context.targets.list()).map((target) => [target.uid, target]));
  return [...new Set(uids)].map((uid) => {
    const target = known.get(uid);
    if (!target) throw invalid("mp-syndicate-to names a place there is none of; q=syndicate-to lists them.");
    return { target: uid, label: target.name };
  });
}
