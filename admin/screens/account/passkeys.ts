import { PublicError } from "../../../core/errors.ts";
import { mailNotice } from "../../../core/people/mail/notices.ts";
import { askForPasskey, checkNewPasskey } from "../../../core/people/passkeys/ceremony.ts";
import { addPasskey, removePasskey, renamePasskey } from "../../../core/people/passkeys/passkeys.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { one } from "../../fields.ts";
import { proveAgain, requireFresh } from "../../require-fresh.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { bindingOf, ceremonyOf } from "../signin/passkey.ts";
import { addressee, inAudited } from "./audited.ts";
import { deviceOf } from "./device.ts";
import { accountPage } from "./page.ts";

/** The options for a new passkey, for the page's script; only right after somebody proved who they are. */
export async function askForNew(request: AdminRequest): Promise<ScreenReply> {
  if ((await proveAgain(request)) !== null) return { status: 403, json: { error: request.t("account.confirm-first") } };
  const question = { purpose: "register", binding: bindingOf(request) } as const;
  return { status: 200, json: await askForPasskey(ceremonyOf(request), await addressee(request), question) };
}

/** Keeps the passkey that the browser made. */
export async function addOne(request: AdminRequest): Promise<ScreenReply> {
  const ask = await requireFresh(request);
  if (ask) return ask;
  const { fields } = await request.form();
  const person = await addressee(request);
  const answer = { ticket: one(fields, "ticket"), response: fields.get("response") ?? "" };
  const made = await checkNewPasskey(ceremonyOf(request), { purpose: "register", binding: bindingOf(request) }, answer);
  const back = (sentence: string) => accountPage(request, { errors: { "passkey-name": sentence } }, 422);
  if (!made) return back(request.t("account.passkey-refused"));
  const name = one(fields, "passkey-name") || deviceOf(request.t, request.headers["user-agent"] ?? "");
  try {
    await inAudited(request, "passkey.added", async (db, now) => {
      await addPasskey(db, { ...made, accountId: person.id, name }, now);
      await mailNotice(request.house, db, person, { what: "passkey-added", values: { passkey: name } });
    });
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return back(sentenceFor(request, error));
  }
  return request.redirect("/account#passkeys", request.t("account.passkey-added", { name }));
}

/** Gives a passkey another name. */
export async function renameOne(request: AdminRequest): Promise<ScreenReply> {
  const name = one((await request.form()).fields, "name");
  const { id } = await addressee(request);
  const isTheirs = await inAudited(request, "passkey.renamed", (db) => renamePasskey(db, id, request.params.id ?? "", name));
  if (!isTheirs) throw gone();
  return request.redirect("/account#passkeys", request.t("account.passkey-renamed"));
}

/** Removes a passkey; a mail tells of it. */
export async function removeOne(request: AdminRequest): Promise<ScreenReply> {
  const ask = await requireFresh(request);
  if (ask) return ask;
  const person = await addressee(request);
  const name = await inAudited(request, "passkey.removed", async (db) => {
    const removed = await removePasskey(db, person.id, request.params.id ?? "");
    if (removed !== null) await mailNotice(request.house, db, person, { what: "passkey-removed", values: { passkey: removed } });
    return removed;
  });
  if (name === null) throw gone();
  return request.redirect("/account#passkeys", request.t("account.passkey-removed", { name }));
}

const gone = () => new PublicError("passkey.unknown", "There is no such passkey any more.", 404);
