import { renderSVG } from "uqr";
import { takeAttempt } from "../../../core/people/attempts.ts";
import { mailNotice, type Notice } from "../../../core/people/mail/notices.ts";
import { makeRecoveryCodes, recoveryCodesLeft } from "../../../core/people/second-factor/recovery-codes.ts";
import {
  draftSecondFactor,
  draftSecret,
  secondFactorSince,
  switchOffSecondFactor,
  switchOnSecondFactor,
} from "../../../core/people/second-factor/second-factor.ts";
import { totpAddress } from "../../../core/people/second-factor/totp.ts";
import { renewSession } from "../../../core/people/sessions.ts";
import type { Transaction } from "../../../core/storage/storage.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { one } from "../../fields.ts";
import { requireFresh } from "../../require-fresh.ts";
import { signedIn, type AdminRequest } from "../../request.ts";
import { tooOften, withRetry } from "../signin/entering.ts";
import { addressee, inAudited } from "./audited.ts";

type State = { readonly errors?: Record<string, string>; readonly codes?: readonly string[] };

/** The second step: off, being set up, or on. Codes are shown once, by whoever just made them. */
export async function showTwoFactor(request: AdminRequest, state: State = {}, status = 200): Promise<ScreenReply> {
  const { storage, secrets } = request.house;
  const { id } = signedIn(request);
  const since = await secondFactorSince(storage, id);
  const draft = since === null ? await draftSecret(storage, secrets, id) : null;
  if (draft !== null) {
    // The secret is as good as the codes that come of it: only whoever just proved who they are sees it.
    const ask = await requireFresh(request);
    if (ask) return ask;
  }
  const data = {
    ...state,
    since,
    secret: draft?.replace(/.{4}(?=.)/g, "$& "),
    left: since === null ? 0 : await recoveryCodesLeft(storage, id),
  };
  return request.html("screens/account/two-factor", request.t("account.two-factor"), data, { status });
}

/** The secret as a picture for the app's camera. */
export async function qrCode(request: AdminRequest): Promise<ScreenReply> {
  const { house } = request;
  const ask = await requireFresh(request);
  if (ask) return ask;
  const { id, username } = signedIn(request);
  const secret = await draftSecret(house.storage, house.secrets, id);
  if (secret === null) return { status: 404, text: "There is no secret to show.\n" };
  const svg = renderSVG(totpAddress(secret, { issuer: new URL(house.site.url).host, label: username }), { border: 3 });
  return { status: 200, bytes: Buffer.from(svg), headers: { "content-type": "image/svg+xml" } };
}

/** Makes a secret, to be shown on the next page. */
export async function begin(request: AdminRequest): Promise<ScreenReply> {
  const ask = await requireFresh(request);
  if (ask) return ask;
  const { id } = signedIn(request);
  if ((await secondFactorSince(request.house.storage, id)) === null)
    await inAudited(request, "two-factor.begun", (db, now) => draftSecondFactor(db, request.house.secrets, id, now));
  return request.redirect("/account/two-factor");
}

/** Switches it on, once the app shows the right code. */
export async function switchOn(request: AdminRequest): Promise<ScreenReply> {
  const ask = await requireFresh(request);
  if (ask) return ask;
  const { house, scope } = request;
  const { id } = signedIn(request);
  const code = one((await request.form()).fields, "code");
  const bucket = { [`two-factor on ${id}`]: { size: 10, seconds: 900 } };
  const wait = await house.storage.write((db) => takeAttempt(db, bucket, scope.clock.now()));
  if (wait > 0) return withRetry(await showTwoFactor(request, { errors: { code: tooOften(request, wait) } }, 429), wait);
  const made = await changed(request, "two-factor-on", (db, now) =>
    switchOnSecondFactor(db, house.secrets, { accountId: id, code }, now),
  );
  if (!made) return showTwoFactor(request, { errors: { code: request.t("signin.wrong-code") } }, 422);
  return { ...(await showTwoFactor(request, { codes: made.result })), session: made.session };
}

/** Makes new recovery codes in place of the old ones. */
export async function newCodes(request: AdminRequest): Promise<ScreenReply> {
  const ask = await requireFresh(request);
  if (ask) return ask;
  const { id } = signedIn(request);
  if ((await secondFactorSince(request.house.storage, id)) === null) return request.redirect("/account/two-factor");
  const made = await changed(request, "recovery-codes", (db, now) => makeRecoveryCodes(db, id, now));
  return { ...(await showTwoFactor(request, { codes: made!.result })), session: made!.session };
}

/** Switches it off. */
export async function switchOff(request: AdminRequest): Promise<ScreenReply> {
  const ask = await requireFresh(request);
  if (ask) return ask;
  const { id } = signedIn(request);
  const made = await changed(request, "two-factor-off", async (db) => (await switchOffSecondFactor(db, id)) || null);
  const reply = request.redirect("/account#two-factor", request.t("account.two-factor-off-now"));
  return made ? { ...reply, session: made.session } : reply;
}

// A change of how one signs in gives this session another id and tells its owner by mail; null changes nothing.
async function changed<T>(
  request: AdminRequest,
  what: Notice,
  work: (db: Transaction, now: Date) => Promise<T | null>,
): Promise<{ result: T; session: string | null } | null> {
  const { house, scope } = request;
  const now = scope.clock.now();
  const person = await addressee(request);
  return house.storage.write(async (db) => {
    const result = await work(db, now);
    if (result === null) return null;
    return inAudited(request, what.replace("two-factor-", "two-factor."), async () => {
      await mailNotice(house, db, person, { what });
      return { result, session: await renewSession(db, request.session!.idHash) };
    });
  });
}
