import { PublicError } from "rookery/plugin";
import { allLeftOut, leaveOut, letIn } from "../standing/left-out.ts";
import { desk, personOf, reasonIn, sentenceOf, type Request } from "./request.ts";

const path = `${desk}/authors`;

/** Whose posts are no candidates, and a form for more. */
export async function leftOutPage(request: Request, problem?: { sentence: string; fields: URLSearchParams }) {
  const { at, context, query } = request;
  const some = await allLeftOut(context, query.get("after") ?? "");
  const rows = [];
  for (const one of some.slice(0, 50))
    rows.push({ ...one, person: await personOf(request, one.accountId), by: await personOf(request, one.byId) });
  return {
    template: "left-out",
    status: problem ? 422 : 200,
    data: {
      rows,
      older: some.length > 50 ? `${at(path)}?after=${some[49]!.accountId}` : null,
      action: at(path),
      back: at(desk),
      who: problem?.fields.get("who") ?? "",
      reason: problem?.fields.get("reason") ?? "",
      error: problem?.sentence ?? null,
    },
  };
}

/** Leaves somebody out, or lets them in again. */
export async function leftOutForm(request: Request) {
  const { account, at, context } = request;
  const { fields } = await request.form();
  if (fields.get("intent") === "let-in") {
    await letIn(context, account!, fields.get("account") ?? "");
    return request.redirect(at(path), context.t("desk.let-in-done"));
  }
  try {
    const author = await context.accounts.byUsername((fields.get("who") ?? "").trim().replace(/^@/, ""));
    if (!author) throw new PublicError("no-author", "There is nobody of this name here.", 404);
    await leaveOut(context, account!, author, reasonIn(fields));
  } catch (error) {
    return leftOutPage(request, { sentence: sentenceOf(error, request), fields });
  }
  return request.redirect(at(path), context.t("desk.left-out-done"));
}
