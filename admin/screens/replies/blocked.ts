import { PublicError } from "../../../core/errors.ts";
import { isUlid } from "../../../core/ids.ts";
import { block, listBlocks, unblock } from "../../../core/interactions/blocks.ts";
import { one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { record } from "../posts/record.ts";

const pageSize = 30;

/** Whom the blog does not hear. */
export async function showBlocked(request: AdminRequest) {
  return page(request, await onBlog(request, "blog.edit"));
}

/** Blocks a host that somebody typed, or the host of an address. */
export async function blockHost(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const typed = one((await request.form()).fields, "host");
  const host = hostFrom(typed);
  if (host === null) return page(request, place, { typed, errors: { host: request.t("replies.block-wrong") } });
  await block(place.scope, { kind: "host", value: host, label: host });
  await record(place, "replies.blocked", host, { kind: "host", value: host });
  return request.redirect(place.at("/replies/blocked"), request.t("replies.block-done", { name: host }));
}

/** Hears of somebody again. */
export async function unblockOne(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const id = request.params.id ?? "";
  if (!isUlid(id) || !(await unblock(place.scope, id)))
    throw new PublicError("reply.unblocked", request.t("replies.block-unknown"), 404);
  await record(place, "replies.unblocked", id);
  return request.redirect(place.at("/replies/blocked"), request.t("replies.unblocked"));
}

function hostFrom(typed: string): string | null {
  const url = URL.parse(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
  const host = url?.hostname ?? "";
  return typed.length <= 2048 && host.includes(".") && host.length <= 255 ? host : null;
}

async function page(request: AdminRequest, place: OnBlog, state: { typed?: string; errors?: { host: string } } = {}) {
  const after = request.query.get("after") ?? "";
  const found = await listBlocks(place.scope, { ...(isUlid(after) && { after }), limit: pageSize + 1 });
  const rows = found.slice(0, pageSize);
  const at = place.at("/replies/blocked");
  const data = {
    at,
    rows,
    back: place.at("/replies"),
    typed: state.typed ?? "",
    errors: state.errors,
    zone: place.blog.timeZone,
    older: found.length > pageSize ? `${at}?after=${rows.at(-1)!.id}` : "",
  };
  const options = { blog: place.blog, status: state.errors ? 422 : 200 };
  return request.html("screens/replies/blocked", request.t("replies.blocked"), data, options);
}
