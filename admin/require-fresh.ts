import { takeAttempt } from "../core/people/attempts.ts";
import { confirmByPasskey } from "../core/people/passkeys/enter-by-passkey.ts";
import { passkeysOf } from "../core/people/passkeys/passkeys.ts";
import { checkPassword } from "../core/people/passwords.ts";
import { confirmSession, isFresh } from "../core/people/sessions.ts";
import type { ScreenReply } from "../core/web/screen.types.ts";
import { signedIn, type AdminRequest } from "./request.ts";
import { bindingOf, ceremonyOf } from "./screens/signin/passkey.ts";

/** The fields in which a form brings the proof; a form of its own may name the password otherwise. */
export const proofFields = { password: "confirm-password", ticket: "confirm-ticket", response: "confirm-response" } as const;

/** How somebody can prove who they are. */
export type Proofs = { readonly hasPassword: boolean; readonly hasPasskey: boolean };

// Proved by this very request: the session it came with still says otherwise.
const proved = new WeakSet<AdminRequest>();

/**
 * Asks once more who it is before a sensitive change (security.md S2): call it first and return what it gives, unless that is
 * null. Whoever proved it by password or passkey within 10 minutes goes on; others get a page that asks, and sends the same form
 * again with the answer. Nothing that was typed is lost.
 */
export async function requireFresh(request: AdminRequest): Promise<ScreenReply | null> {
  const problem = await proveAgain(request);
  return problem === null ? null : confirmPage(request, problem);
}

/** The same for a form that has the password's field itself: null goes on, else a sentence (empty when nothing was given). */
export async function proveAgain(request: AdminRequest, field: string = proofFields.password): Promise<string | null> {
  if (proved.has(request)) return null;
  const { fields } = await request.form();
  const password = fields.get(field) || fields.get(proofFields.password) || "";
  const response = fields.get(proofFields.response) ?? "";
  if (password !== "") return byPassword(request, password);
  if (response !== "") return byPasskey(request, { ticket: fields.get(proofFields.ticket) ?? "", response });
  return isFreshNow(request) ? null : "";
}

/** Whether whoever is signed in proved it within the last 10 minutes. */
export function isFreshNow(request: AdminRequest): boolean {
  return proved.has(request) || (request.session !== null && isFresh(request.session, request.scope.clock.now()));
}

/** How whoever is signed in can prove it. */
export async function proofsOf(request: AdminRequest): Promise<Proofs> {
  const { id } = signedIn(request);
  const { storage } = request.house;
  const rows = await storage.query("SELECT password_hash FROM accounts WHERE id = ?", [id]);
  return { hasPassword: rows[0]?.password_hash != null, hasPasskey: (await passkeysOf(storage, id)).length > 0 };
}

/** The page that asks; it sends the form that stood before it on to its address, or goes to `next`. */
export async function confirmPage(request: AdminRequest, problem: string, next?: string): Promise<ScreenReply> {
  const { fields } = await request.form();
  const isForm = request.method === "POST" && next === undefined;
  const own: readonly string[] = ["csrf", ...Object.values(proofFields)];
  const data = {
    ...(await proofsOf(request)),
    action: isForm ? request.path : "/account/confirm",
    kept: isForm ? [...fields].filter(([name]) => !own.includes(name)).map(([name, value]) => ({ name, value })) : [],
    next: isForm ? null : (next ?? request.path + (request.query.size > 0 ? `?${request.query}` : "")),
    errors: problem === "" ? undefined : { [proofFields.password]: problem },
    // Being asked is no error.
    isError: false,
  };
  return request.html("screens/account/confirm", request.t("account.confirm-title"), data, {
    status: problem === "" ? 403 : 422,
  });
}

async function byPassword(request: AdminRequest, password: string): Promise<string | null> {
  const { storage } = request.house;
  const { id } = signedIn(request);
  const wait = await tooOften(request);
  if (wait !== null) return wait;
  const rows = await storage.query("SELECT password_hash FROM accounts WHERE id = ?", [id]);
  const stored = rows[0]?.password_hash;
  const { isRight } = await checkPassword(typeof stored === "string" ? stored : null, password);
  return isRight ? accept(request) : request.t("account.wrong-password");
}

async function byPasskey(request: AdminRequest, answer: { ticket: string; response: string }): Promise<string | null> {
  const wait = await tooOften(request);
  if (wait !== null) return wait;
  const who = { accountId: signedIn(request).id, binding: bindingOf(request), address: request.scope.address };
  return (await confirmByPasskey(ceremonyOf(request), who, answer)) ? accept(request) : request.t("account.wrong-passkey");
}

async function accept(request: AdminRequest): Promise<null> {
  const { house, session, scope } = request;
  proved.add(request);
  await house.storage.write((db) => confirmSession(db, session!.idHash, scope.clock.now()));
  return null;
}

async function tooOften(request: AdminRequest): Promise<string | null> {
  const bucket = { [`confirm ${signedIn(request).id}`]: { size: 10, seconds: 900 } };
  const wait = await request.house.storage.write((db) => takeAttempt(db, bucket, request.scope.clock.now()));
  return wait > 0 ? request.t("signin.too-many", { minutes: Math.ceil(wait / 60) }) : null;
}
