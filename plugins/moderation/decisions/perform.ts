import { PublicError, type Draft, type Post } from "rookery/plugin";
import { blockHost, unblockHost } from "../domains/domains.ts";
import { mailLink } from "../appeals/link.ts";
import { placeOf } from "../reports/target.ts";
import type { Own } from "../settings.ts";
import { inForce } from "../standing.ts";
import { endHold, endLimit } from "../review/settle.ts";
import type { ActKind } from "./acts.ts";
import { keepData, othersInForce, type Action, type Decision } from "./history.ts";

type Doing = {
  /** Does it, and gives what is needed to take it back. Doing it twice changes nothing more. */
  readonly perform: (context: Own, decision: Decision, action: Action) => Promise<object>;
  readonly revert: (context: Own, action: Action, by: string) => Promise<void>;
};

const gone = () => new PublicError("gone", "It is not there any more.", 409);
const nothing: Doing = { perform: async () => ({}), revert: async () => undefined };

/** Each act: how it is done and how it is taken back. */
const doings: Readonly<Record<ActKind, Doing>> = {
  warn: nothing,
  hide: { perform: hide, revert: show },
  sensitive: {
    perform: async (context, _decision, action) => {
      await change(await postOf(context, action), { properties: { "content-warning": "sensitive" } });
      return {};
    },
    revert: async (context, action) => {
      const found = await postOf(context, action).catch(() => null);
      if (found) await change(found, { properties: { "content-warning": null } });
    },
  },
  // In force by their row alone: what is said is asked about when it is said.
  limit: { perform: async () => ({}), revert: freed },
  hold: { perform: async () => ({}), revert: freed },
  suspend: {
    async perform(context, decision, { accountId, data }) {
      // Before: nobody writes to who is suspended.
      await mailLink(context, decision);
      await context.people.suspend(accountId, {
        reason: decision.reason,
        withBlogs: data.withBlogs === true,
        by: decision.byId,
      });
      return data;
    },
    async revert(context, { accountId }, by) {
      await context.people.restore(accountId, { by: by || null });
    },
  },
  domain: {
    async perform(context, { reason, byId }, { subjectId }) {
      await blockHost(context, { host: subjectId, reason, by: byId });
      return {};
    },
    revert: (context, { subjectId }) => unblockHost(context, subjectId),
  },
};

export const perform = (context: Own, decision: Decision, action: Action) =>
  doings[action.kind].perform(context, decision, action);
/** Takes an act back, unless the same stands by another decision. */
export async function revert(context: Own, action: Action, by: string): Promise<void> {
  if ((await othersInForce(context, action)).length === 0) await doings[action.kind].revert(context, action, by);
}

async function hide(context: Own, _decision: Decision, action: Action): Promise<object> {
  const { subjectId, placeId } = action;
  const there = await placeOf(context, placeId);
  const post = await there?.posts.byId(subjectId);
  const reply = post ? null : await there?.interactions.byId(subjectId);
  if (!there || (!post && !reply)) throw gone();
  const now = post ? { visibility: post.visibility } : { state: reply!.state };
  const known = [action, ...(await othersInForce(context, action))].find(({ data }) => Object.keys(data).length > 0);
  const before = known?.data ?? now;
  // Noted first: after a crash one could not tell what it was from what it is.
  await keepData(context, action.id, before);
  if (!post) await there.interactions.decide(subjectId, "hidden");
  else if (post.visibility !== "private") await change({ there, post }, { visibility: "private" });
  return before;
}

async function show(context: Own, { subjectId, placeId, data }: Action): Promise<void> {
  const there = await placeOf(context, placeId);
  if (!there || data.visibility === "private" || data.state === "hidden") return;
  const post = await there.posts.byId(subjectId);
  if (!post) return void (await there.interactions.decide(subjectId, data.state === "held" ? "held" : "visible"));
  const visibility = data.visibility === "unlisted" ? "unlisted" : "public";
  if (post.status === "published" && post.visibility === "private") await change({ there, post }, { visibility });
}

async function freed(context: Own, { accountId, kind, until }: Action): Promise<void> {
  // A limit that ended by its time was meant: what was said meanwhile stays where it is. What was held, or limited by mistake, goes out.
  const isOver = until !== null && until <= context.clock.now().toISOString();
  if ((await inForce(context, accountId)).has(kind)) return;
  await (kind === "limit" ? endLimit(context, accountId, isOver) : endHold(context, accountId));
}

type Found = { readonly there: Own; readonly post: Post };

async function postOf(context: Own, { subjectId, placeId }: Action): Promise<Found> {
  const there = await placeOf(context, placeId);
  const post = await there?.posts.byId(subjectId);
  if (!there || !post) throw gone();
  return { there, post };
}

async function change({ there, post }: Found, draft: Draft): Promise<void> {
  const outcome = await there.posts.publish({ id: post.id, ...draft });
  if (!outcome.ok) throw new PublicError("refused", outcome.refusal.refuse, 409);
}
