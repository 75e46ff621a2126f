import { PublicError } from "../../../core/errors.ts";
import { personByEmail } from "../../../core/people/accounts.ts";
import { enter } from "../../../core/people/enter.ts";
import { mailLater } from "../../../core/people/mail/mail-later.ts";
import { createLink } from "../../../core/people/one-time-links.ts";
import { accountOf } from "../../../core/people/person.ts";
import { letIn, type Newcomer } from "../../../core/residents/joining/newcomer.ts";
import { waitForAnswer } from "../../../core/residents/joining/sign-ups.ts";
import type { Transaction } from "../../../core/storage/storage.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import type { AdminRequest } from "../../request.ts";
import { noteAct } from "../people/audited.ts";
import { visitorOf } from "../signin/entering.ts";
import type { Entrance } from "./entrance.ts";
import { endWizard } from "./wizard.ts";

/** Somebody at the door: by which right, with what they told, and the word of the wizard they came through. */
export type Arriving = { readonly token: string; readonly way: Entrance; readonly newcomer: Newcomer };

const hours = 24;

/** Lets somebody in; or, first, has their address confirmed, or lets them wait for an admin's answer. */
export async function arrive(request: AdminRequest, arriving: Arriving): Promise<ScreenReply> {
  const { house } = request;
  const { way, newcomer, token } = arriving;
  // The link of an invitation that went to this very address has proved it.
  const isProved = way.invitation?.isMailed === true && way.invitation.email === newcomer.email;
  if (house.settings.smtpUrl !== null && newcomer.email !== null && !isProved) return askByMail(request, arriving);
  return finish(request, newcomer, way, (db) => endWizard(request, db, token));
}

/** Lets somebody in whose address is proved or cannot be, or puts them among those who wait. */
export async function finish(
  request: AdminRequest,
  newcomer: Newcomer,
  way: Pick<Entrance, "mode">,
  also: (db: Transaction) => Promise<void>,
): Promise<ScreenReply> {
  const { house, scope, t } = request;
  const now = scope.clock.now();
  if (way.mode === "approval" && newcomer.invitationId === null) {
    await house.storage.write(async (db) => {
      await also(db);
      await waitForAnswer(db, newcomer, now);
      await noteAct(request, db, { action: "sign-up.waits", subject: newcomer.username });
    });
    return request.html("screens/signup/waiting", t("signup.waiting"), { email: house.settings.smtpUrl && newcomer.email });
  }
  const arrival = { hub: house.site, via: scope.via, address: scope.address, now };
  const made = await house.storage.write(async (db) => {
    await also(db);
    const arrived = await letIn(db, newcomer, arrival);
    const entered = await enter(db, arrived.person, { ...visitorOf(request), by: "password" }, now);
    return { ...arrived, entered };
  });
  await scope.taps.event(scope, "account.created", { account: accountOf(made.person) });
  if (made.blog) await scope.taps.event({ ...scope, blog: made.blog }, "blog.created", { blog: made.blog });
  const path = made.blog ? `/compose?blog=${made.blog.host}` : "/";
  const flash = t("signup.done");
  return "cookie" in made.entered
    ? { ...request.redirect(path, flash), session: made.entered.cookie }
    : request.redirect("/signin", flash);
}

// Whether the address is known already is said to nobody but whoever reads its mail.
async function askByMail(request: AdminRequest, { token, newcomer }: Arriving): Promise<ScreenReply> {
  const { house, scope, t, language } = request;
  const { email, name, username } = newcomer;
  if (email === null) throw new PublicError("sign-up.email", t("setup.email-wrong"), 422);
  const now = scope.clock.now();
  const known = await personByEmail(house.storage, email);
  await house.storage.write(async (db) => {
    await endWizard(request, db, token);
    if (known) {
      const values = { name: known.name, username: known.username, signInLink: new URL("/signin", house.site.url).href };
      return mailLater(house, db, { to: email, template: "sign-up-known", language: known.language, values });
    }
    const until = new Date(now.getTime() + hours * 3_600_000);
    const word = await createLink(db, { purpose: "sign-up-mail", data: newcomer, seconds: hours * 3600 }, now);
    const link = new URL(`/signup/confirm?token=${word}`, house.site.url).href;
    const values = { name: name || username, username, link, hours };
    return mailLater(house, db, { to: email, template: "sign-up-confirm", language, until, values });
  });
  return request.html("screens/signup/sent", t("signup.look"), { email });
}
