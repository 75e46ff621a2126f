import { PublicError } from "../../../core/errors.ts";
import { listTargets } from "../../../core/host/targets/list-targets.ts";
import { confirmCopy, sendAgain } from "../../../core/posts/targets/settle-unknown.ts";
import { askCopies, isPublic, moveCopy } from "../../../core/posts/targets/follow-post.ts";
import { chooseTargets, copiesOf, copyOf, targetParts, type Copy } from "../../../core/posts/targets/target-rows.ts";
import type { Post } from "../../../core/hooks/values.ts";
import { one } from "../../fields.ts";
import { onPost, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";
import { copyReason } from "./copy-reason.ts";
import { record } from "./record.ts";

/** What can be done about the copies of a post. */
export const copyScreens: readonly AdminScreen[] = [
  { method: "POST", path: "/b/:blog/posts/:id/copies", access: "member", run: change },
];

/** The copies of a post in words, and the targets it could still go to. */
export async function copyRows(request: Pick<AdminRequest, "house" | "language" | "t">, { scope }: OnBlog, post: Post) {
  const [copies, targets] = await Promise.all([copiesOf(scope, [post.id]), listTargets(scope)]);
  const known = new Map(targets.map((target) => [target.uid, target]));
  const rows = copies.map((copy) => {
    const target = known.get(uidOf(copy));
    const name = target ? `${target.service} ${target.account}` : copy.label || uidOf(copy);
    return {
      ...copy,
      reason: copyReason(request, copy),
      uid: uidOf(copy),
      name,
      limits: target?.limits ?? {},
      page: pageOf(target),
      follows: target?.follows ?? {},
    };
  });
  const taken = new Set(copies.filter(({ state }) => state !== "removed").map(uidOf));
  const isOut = post.status === "published" && post.visibility !== "private";
  return { rows, further: isOut ? targets.filter(({ uid, reconnect }) => !taken.has(uid) && !reconnect) : [] };
}

async function change(request: AdminRequest) {
  const place = await onPost(request, "post.edit");
  const { fields } = await request.form();
  const uid = one(fields, "target");
  const wanted = one(fields, "do");
  const parts = targetParts(uid);
  if (!parts) throw new PublicError("copy.unknown", request.t("targets.unknown"), 404);
  const copy = await copyOf(place.scope, { postId: place.post.id, ...parts });
  const isDone =
    wanted === "send"
      ? await send(place, uid, copy)
      : wanted === "arrived"
        ? copy !== null && (await arrived(request, place, copy))
        : copy !== null && (await settle(place, copy, wanted));
  if (!isDone) throw new PublicError("copy.state", request.t("targets.not-now"), 409);
  await record(place, `copy.${wanted}`, place.post.id, { target: uid });
  return request.redirect(place.at(`/posts/${place.post.id}#copies`), request.t(`targets.done-${wanted}`));
}

async function send(place: OnBlog & { readonly post: Post }, uid: string, copy: Copy | null): Promise<boolean> {
  const { scope, post } = place;
  if (copy && copy.state !== "removed" && copy.state !== "skipped") return false;
  const target = (await listTargets(scope)).find((one) => one.uid === uid);
  if (!target || post.status !== "published" || post.visibility === "private" || !place.may("post.publish", post)) return false;
  await scope.storage.write(async (db) => {
    if (copy?.state === "skipped") await moveCopy(scope, db, copy, "removed");
    await chooseTargets(scope, db, post.id, [{ target: uid, label: `${target.service} ${target.account}` }]);
    await askCopies(scope, db, [{ postId: post.id, ...targetParts(uid)! }], "send");
  });
  return true;
}

async function settle({ scope, post }: OnBlog & { readonly post: Post }, copy: Copy, wanted: string): Promise<boolean> {
  if (wanted === "retry" && copy.state === "failed" && isPublic(post)) {
    await scope.storage.write((db) => askCopies(scope, db, [copy], "send"));
    return true;
  }
  if (wanted === "again" && copy.state === "unknown" && isPublic(post)) {
    await scope.storage.write((db) => sendAgain(scope, db, copy));
    return true;
  }
  if (wanted === "dismiss" && (["failed", "unknown", "parked"].includes(copy.state) || isHeldBack(copy))) {
    await scope.storage.write((db) => moveCopy(scope, db, copy, { state: "skipped", reason: copy.reason }));
    return true;
  }
  if (wanted === "remove" && (copy.state === "sent" || copy.state === "unknown")) {
    await scope.storage.write((db) => askCopies(scope, db, [copy], "remove"));
    return true;
  }
  return false;
}

// It was tried before its post went, so nobody knows whether it is there.
const isHeldBack = ({ state, attempts }: Copy): boolean => state === "chosen" && attempts > 0;

// Somebody looked at the service: the copy is there, perhaps with an address.
async function arrived(request: AdminRequest, { scope }: OnBlog, copy: Copy): Promise<boolean> {
  if (copy.state !== "unknown") return false;
  const url = one((await request.form()).fields, "url").trim();
  if (url !== "" && !/^https?:\/\//i.test(url)) throw new PublicError("copy.address", request.t("targets.no-address"), 422);
  await scope.storage.write((db) => confirmCopy(scope, db, copy, url));
  return true;
}

// Only a path of the dashboard's own.
const pageOf = (target: { readonly page?: string } | undefined): string =>
  target?.page && /^\/(?!\/)[^\\]*$/.test(target.page) ? target.page : "";

const uidOf = ({ pluginId, target }: Copy): string => `${pluginId}/${target}`;
