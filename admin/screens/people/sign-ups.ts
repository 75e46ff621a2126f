import type { Transaction } from "../../../core/storage/storage.ts";
import { accountOf } from "../../../core/people/person.ts";
import { mailLater } from "../../../core/people/mail/mail-later.ts";
import { approve, refuse } from "../../../core/residents/joining/sign-ups.ts";
import type { AdminRequest } from "../../request.ts";
import { noteAct } from "./audited.ts";

/** Lets somebody in who waits; a second click or another admin meanwhile is told so. */
export async function approveSignUp(request: AdminRequest) {
  const { house, scope, params, t } = request;
  const arrival = { hub: house.site, via: scope.via, address: "", now: scope.clock.now() };
  const { person, blog } = await house.storage.write(async (db) => {
    const made = await approve(db, params.id ?? "", arrival);
    await noteAct(request, db, { action: "sign-up.approved", subject: made.person.username });
    await tell(request, db, { ...made.person, email: made.person.email ?? null, template: "sign-up-approved" });
    return made;
  });
  await scope.taps.event(scope, "account.created", { account: accountOf(person) });
  if (blog) await scope.taps.event(scope, "blog.created", { blog });
  return request.redirect("/admin/people", t("people.approved", { name: person.username }));
}

/** Sends somebody away who waits. */
export async function refuseSignUp(request: AdminRequest) {
  const { house, params, t } = request;
  const gone = await house.storage.write(async (db) => {
    const signUp = await refuse(db, params.id ?? "");
    await noteAct(request, db, { action: "sign-up.refused", subject: signUp.username });
    await tell(request, db, { ...signUp, template: "sign-up-refused" });
    return signUp;
  });
  return request.redirect("/admin/people", t("people.refused", { name: gone.username }));
}

type Told = { readonly email: string | null; readonly name: string; readonly username: string; readonly language: string };

async function tell({ house }: AdminRequest, db: Transaction, to: Told & { readonly template: string }): Promise<void> {
  if (to.email === null) return;
  const values = { name: to.name, username: to.username, signInLink: new URL("/signin", house.site.url).href };
  await mailLater(house, db, { to: to.email, template: to.template, language: to.language, values });
}
