import { takeAttempt } from "../../../core/people/attempts.ts";
import { checkPassword } from "../../../core/people/passwords.ts";
import { signedIn, type AdminRequest } from "../../request.ts";

/** Asks for the password once more before something that outlives the session; a sentence when it is not theirs or was tried too often. */
export async function confirmPassword(request: AdminRequest, password: string): Promise<string | null> {
  const { storage } = request.house;
  const { id } = signedIn(request);
  const bucket = { [`confirm ${id}`]: { size: 10, seconds: 900 } };
  const wait = await storage.write((db) => takeAttempt(db, bucket, request.scope.clock.now()));
  if (wait > 0) return request.t("signin.too-many", { minutes: Math.ceil(wait / 60) });
  const rows = await storage.query("SELECT password_hash FROM accounts WHERE id = ?", [id]);
  const stored = rows[0]?.password_hash;
  const { isRight } = await checkPassword(typeof stored === "string" ? stored : null, password);
  return isRight ? null : request.t("account.wrong-password");
}
