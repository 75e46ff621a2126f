import { confirmEmail, emailOfLink } from "../../../core/people/change-email.ts";
import { one } from "../../fields.ts";
import { signedIn, type AdminRequest } from "../../request.ts";
import { stale } from "../signin/link.ts";

/** The page behind the mail to a new address: a button, for programs open links in mails too. */
export async function showEmail(request: AdminRequest) {
  const token = request.query.get("token") ?? "";
  const email = await emailOfLink(request.house, signedIn(request).id, token);
  if (email === null) return stale(request);
  return request.html("screens/account/email", request.t("account.email-title"), { token, email });
}

/** Makes the address count. */
export async function confirm(request: AdminRequest) {
  const { fields } = await request.form();
  const email = await confirmEmail(request.house, signedIn(request).id, one(fields, "token"));
  return email === null ? stale(request) : request.redirect("/account", request.t("account.email-confirmed", { email }));
}
