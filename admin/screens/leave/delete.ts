import { blogsOf } from "../../../core/blogs/memberships.ts";
import { soleBlogsOf } from "../../../core/blogs/ownership.ts";
import { PublicError } from "../../../core/errors.ts";
import { personById } from "../../../core/people/accounts.ts";
import { mailLater } from "../../../core/people/mail/mail-later.ts";
import { createLink } from "../../../core/people/one-time-links.ts";
import { deleteAccount } from "../../../core/residents/standing/account-standing.ts";
import { eraseTime, graceDays } from "../../../core/residents/standing/standing.ts";
import { one } from "../../fields.ts";
import { formatDate } from "../../formats.ts";
import { requireFresh } from "../../require-fresh.ts";
import { sentenceFor, signedIn, type AdminRequest } from "../../request.ts";

type State = { readonly errors?: Readonly<Record<string, string>>; readonly sent?: URLSearchParams };

/** What happens to what, before anything does. */
export async function showDeletion(request: AdminRequest, state: State = {}) {
  const { house, t } = request;
  const account = signedIn(request);
  const own = await blogsOf(house.storage, account.id, house.site);
  const sole = (await soleBlogsOf(house.storage, account.id)).filter((blog) => blog.state !== "deleted");
  const data = {
    sole,
    shared: own.filter(({ blog, role }) => role === "owner" && !sole.some(({ id }) => id === blog.id)).map(({ blog }) => blog),
    others: own.filter(({ role }) => role !== "owner" && role !== "reader").map(({ blog }) => blog),
    days: graceDays,
    choices: ["erase", "leave"].map((value) => ({ value, label: t(`signup.theirs-${value}`) })),
    theirs: state.sent?.get("theirs") === "leave" ? "leave" : "erase",
    typed: state.sent?.get("typed") ?? "",
    errors: state.errors,
  };
  return request.html("screens/leave/delete", t("signup.delete"), data, { status: state.errors ? 422 : 200 });
}

/** Deletes one's own account: the handle has to be typed, who it is has to be fresh. */
export async function deleteOwnAccount(request: AdminRequest) {
  const { house, scope, t, language } = request;
  const ask = await requireFresh(request);
  if (ask) return ask;
  const { fields } = await request.form();
  const { id, username, timeZone } = signedIn(request);
  if (one(fields, "typed").toLowerCase().replace(/^@/, "") !== username)
    return showDeletion(request, { errors: { typed: t("people.typed-wrong", { name: username }) }, sent: fields });
  const now = scope.clock.now();
  const date = formatDate(eraseTime(now).toISOString(), timeZone, language);
  let recallLink = "";
  try {
    await house.storage.write(async (db) => {
      const person = await personById(house.storage, id);
      await deleteAccount(scope, db, { id, username }, fields.get("theirs") === "leave" ? "leave" : "erase");
      const token = await createLink(db, { purpose: "recall", subject: id, seconds: graceDays * 86_400 }, now);
      recallLink = new URL(`/account/recall?token=${token}`, house.site.url).href;
      if (!person?.email) return;
      const values = { name: person.name, username, date, recallLink };
      await mailLater(house, db, { to: person.email, template: "account-deleted", language: person.language, values });
    });
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return showDeletion(request, { errors: { typed: sentenceFor(request, error) }, sent: fields });
  }
  // Whoever signs in by passkey alone, and has no address, comes back by this link only.
  const page = await request.html("screens/leave/gone", t("signup.gone"), { date, recallLink, account: null });
  return { ...page, session: null };
}
