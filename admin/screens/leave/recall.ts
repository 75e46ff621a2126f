import { PublicError } from "../../../core/errors.ts";
import { personById } from "../../../core/people/accounts.ts";
import { consumeLink, peekLink } from "../../../core/people/one-time-links.ts";
import { recallAccount } from "../../../core/residents/standing/account-standing.ts";
import { standingOf } from "../../../core/residents/standing/standing.ts";
import { one } from "../../fields.ts";
import type { AdminRequest } from "../../request.ts";

/** Asks whether a deleted account shall come back; the link is from the sign-in or from the mail. */
export async function showRecall(request: AdminRequest) {
  const { house, t, query, scope } = request;
  const token = query.get("token") ?? "";
  const link = await peekLink(house.storage, "recall", token, scope.clock.now());
  const person = link && (await personById(house.storage, link.subject));
  if (!person || person.state !== "deleted") throw over(request);
  const standing = await standingOf(house.storage, ["account", person.id]);
  const data = { token, person, eraseAt: standing?.eraseAt };
  return request.html("screens/leave/recall", t("signup.recall"), data);
}

/** Brings it back; signing in follows, with all its steps. */
export async function recall(request: AdminRequest) {
  const { house, t, scope } = request;
  const token = one((await request.form()).fields, "token");
  await house.storage.write(async (db) => {
    const link = await consumeLink(db, "recall", token, scope.clock.now());
    const person = link && (await personById(house.storage, link.subject));
    if (!person) throw over(request);
    const principal = { accountId: person.id, role: person.role, scopes: null };
    await recallAccount({ ...scope, principal }, db, person);
  });
  return request.redirect("/signin", t("signup.recalled"));
}

const over = ({ t }: AdminRequest) => new PublicError("recall.over", t("signup.recall-over"), 410);
