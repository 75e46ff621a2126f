import type { Reply } from "rookery/plugin";
import { hubOf } from "../own.ts";
import { endpointAt } from "../reading/spot.ts";
import { isHeard, standingOf } from "../reading/standing.ts";
import { rowById } from "../rows/find.ts";
import { urlOf } from "../rows/reply-row.ts";
import { canEdit } from "../writing/edit.ts";
import { hubOfRequest, noReply, type Request } from "./request.ts";

/**
 * The public page of one reply, for whoever it was sent to: with microformats, so that other sites can read it. What is not shown where it was
 * sent is seen by its writer only; what was deleted is gone (410), so that others forget it too.
 */
export async function showPage(request: Request) {
  const { account, at, params } = request;
  const context = hubOfRequest(request);
  const row = await rowById(context, (params.id ?? "").toUpperCase());
  if (!row) throw noReply();
  if (row.state === "removed") return { template: "gone", status: 410, data: {} };
  const isYours = account?.id === row.accountId;
  const standing = await standingOf(context, row);
  const writer = await context.accounts.byId(row.accountId);
  const isOpen = standing === "shown" && (await isHeard(context, row.accountId));
  if (!writer || (!isYours && !isOpen)) throw noReply();
  // With a copy that is where it stands. Sites elsewhere that were told of this page forget it: the copy tells them itself.
  if (row.copyUrl !== "" && isOpen && !isYours && row.targetBlog === "")
    return { template: "gone", status: 410, data: { movedTo: urlOf(context, row) } };
  if (row.copyUrl !== "" && isOpen && !isYours) return { status: 302, redirect: urlOf(context, row) } satisfies Reply;
  const name = writer.name || writer.username;
  return {
    template: "show",
    title: context.t("show.title", { name }),
    data: {
      writer: { name, photo: context.images.face(writer.photo), home: `${hubOf(context)}/people/${writer.username}` },
      url: urlOf(context, row),
      html: context.images.inHtml(row.html),
      saidAt: row.createdAt,
      answered: row.targetUrl,
      toName: row.toName,
      conversation: row.number > 0 ? at(`/c/${row.number}`) : "",
      standing,
      endpoint: isOpen ? await endpointAt(context, row.targetBlog) : "",
      reason: row.reason,
      isYours,
      canEdit: isYours && canEdit(context, row),
      editAt: at(`/replies/${row.id}/edit`),
    },
  };
}
