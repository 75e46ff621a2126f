import { isUlid, PublicError } from "rookery/plugin";
import { keepUnsent, stillInBrowser } from "../unsent.ts";
import { hubOfRequest, type Request } from "./request.ts";

/**
 * What was sent when the session was over: it stands in the form again once its writer is signed in. Whose form it was says its address; the words
 * are shown to that account only.
 */
export async function unsentForm(request: Request, place: string) {
  const { account, at, address, query } = request;
  const { t } = request.context;
  const from = query.get("from") ?? "";
  const text = (await request.form()).fields.get("text") ?? "";
  if (text.trim() === "" || !isUlid(from)) throw stillInBrowser();
  const key = await keepUnsent(hubOfRequest(request), { accountId: from, place, text, address }).catch((error: unknown) => {
    throw error instanceof PublicError ? stillInBrowser() : error;
  });
  const back = `${at(place)}?unsent=${key}`;
  if (account) return request.redirect(back);
  return request.redirect(`/signin?next=${encodeURIComponent(back)}`, t("unsent.kept"));
}
