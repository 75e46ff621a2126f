import { audit } from "../../../core/people/audit.ts";
import { endSession } from "../../../core/people/sessions.ts";
import { signIn } from "../../../core/people/sign-in.ts";
import { safePath } from "../../safe-path.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";

/** Sign-in and sign-out. */
export const signInScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/signin", access: "public", run: show },
  { method: "POST", path: "/signin", access: "public", run: enter },
  { method: "POST", path: "/signout", access: "member", run: leave },
];

function show(request: AdminRequest) {
  const next = safePath(request.query.get("next"));
  return request.account ? request.redirect(next) : page(request, { next, name: "" });
}

async function enter(request: AdminRequest) {
  const { fields } = await request.form();
  const name = fields.get("name") ?? "";
  const next = safePath(fields.get("next"));
  const { address, clock } = request.scope;
  const attempt = { name, password: fields.get("password") ?? "", address, userAgent: request.headers["user-agent"] ?? "" };
  const result = await signIn(request.house.storage, attempt, clock.now());
  if (result.ok) return { ...request.redirect(next), session: result.cookie };
  if (result.reason === "wrong") return page(request, { next, name, errors: { name: request.t("signin.wrong") } }, 422);
  const minutes = Math.ceil(result.retryAfter / 60);
  const reply = await page(request, { next, name, errors: { name: request.t("signin.too-many", { minutes }) } }, 429);
  return { ...reply, headers: { "retry-after": String(result.retryAfter) } };
}

async function leave(request: AdminRequest) {
  const { account, session, scope } = request;
  await scope.storage.write(async (db) => {
    await endSession(db, account!.id, session!.idHash);
    await audit(
      db,
      { action: "sign-out", accountId: account!.id, subject: account!.username, via: "web", address: scope.address },
      scope.clock.now(),
    );
  });
  return { ...request.redirect("/signin", request.t("signin.left")), session: null };
}

function page(request: AdminRequest, data: { next: string; name: string; errors?: Record<string, string> }, status = 200) {
  return request.html("screens/signin/signin", request.t("signin.title"), data, { status });
}
