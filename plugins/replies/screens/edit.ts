import { rowById } from "../rows/find.ts";
import { canEdit, edit } from "../writing/edit.ts";
import { remove } from "../writing/remove.ts";
import { unsentText } from "../unsent.ts";
import { tidy } from "../text/read-text.ts";
import { standingOf } from "../reading/standing.ts";
import { hubOfRequest, noReply, refusalOf, type Request } from "./request.ts";

type Problem = { readonly sentence: string; readonly status: number; readonly text: string };

/** Changing or deleting one's own reply. */
export async function editPage(request: Request, problem?: Problem) {
  const { account, at, query } = request;
  const context = hubOfRequest(request);
  const row = await own(request);
  const accountId = account!.id;
  const unsent = await unsentText(context, query.get("unsent") ?? "", { accountId, place: editAt(request) });
  return {
    template: "edit",
    status: problem?.status ?? 200,
    data: {
      text: problem?.text ?? (unsent || row.source),
      isUnsent: unsent !== "" && !problem,
      html: context.images.inHtml(row.html),
      error: problem?.sentence ?? null,
      canEdit: canEdit(context, row),
      action: `${at(`/replies/${row.id}/edit`)}?from=${accountId}`,
      deleteAt: at(`/replies/${row.id}/delete`),
      back: at(`/replies/${row.id}`),
    },
  };
}

/** The page on which a reply is changed. */
export const editAt = ({ params }: Request): string => `/replies/${(params.id ?? "").slice(0, 40)}/edit`;

/** Changes what a reply says. */
export async function editForm(request: Request) {
  const { account, at } = request;
  const context = hubOfRequest(request);
  const { id } = await own(request);
  const text = (await request.form()).fields.get("text") ?? "";
  try {
    const row = await edit(context, account!.id, id, text);
    return request.redirect(at(`/replies/${id}`), request.context.t(`changed.${await standingOf(context, row)}`));
  } catch (error) {
    return editPage(request, { ...refusalOf(error, request), text: tidy(text) });
  }
}

/** Deletes a reply everywhere. */
export async function deleteForm(request: Request) {
  const { account, at } = request;
  const { id } = await own(request);
  await remove(hubOfRequest(request), account!.id, id);
  return request.redirect(at("/replies?tab=mine"), request.context.t("deleted"));
}

async function own(request: Request) {
  const context = hubOfRequest(request);
  const row = await rowById(context, (request.params.id ?? "").toUpperCase());
  if (row?.accountId !== request.account!.id || row.state === "removed") throw noReply();
  return row;
}
