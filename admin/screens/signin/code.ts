import { passSecondFactor } from "../../../core/people/second-factor/pass-second-factor.ts";
import { recoveryCodesLeft } from "../../../core/people/second-factor/recovery-codes.ts";
import { safePath } from "../../safe-path.ts";
import { one } from "../../fields.ts";
import type { AdminRequest } from "../../request.ts";
import { entered, tooOften, visitorOf, withRetry } from "./entering.ts";

/** Asks for the code, once the password was right. */
export function askCode(request: AdminRequest) {
  const next = safePath(request.query.get("next"));
  return request.halfway === null ? request.redirect(signInFor(next)) : page(request, { next });
}

/** Checks the app's code or one for recovery. */
export async function checkCode(request: AdminRequest) {
  const { fields } = await request.form();
  const next = safePath(fields.get("next"));
  const recovery = one(fields, "recovery-code");
  const code = recovery || one(fields, "code");
  const attempt = { ...visitorOf(request), halfway: request.halfway ?? "", code };
  const result = await passSecondFactor(request.house, attempt);
  if (result.ok) {
    const left = result.by === "app" ? null : await recoveryCodesLeft(request.house.storage, result.account.id);
    const flash = left === null ? {} : { flash: request.t("signin.codes-left", { n: left }) };
    return entered(request, { cookie: result.cookie, next, ...flash });
  }
  if (result.reason === "stale") return { ...request.redirect(signInFor(next), request.t("signin.took-long")), halfway: null };
  const field = recovery ? "recovery-code" : "code";
  if (result.reason === "wrong") return page(request, { next, errors: { [field]: request.t("signin.wrong-code") } }, 422);
  return withRetry(
    await page(request, { next, errors: { [field]: tooOften(request, result.retryAfter) } }, 429),
    result.retryAfter,
  );
}

const signInFor = (next: string): string => (next === "/" ? "/signin" : `/signin?next=${encodeURIComponent(next)}`);

function page(request: AdminRequest, data: { next: string; errors?: Record<string, string> }, status = 200) {
  return request.html("screens/signin/code", request.t("signin.code-title"), data, { status });
}
