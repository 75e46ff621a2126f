import { PublicError } from "../../../core/errors.ts";
import { consumeLink, peekLink } from "../../../core/people/one-time-links.ts";
import type { Newcomer } from "../../../core/residents/joining/newcomer.ts";
import { signUpRules } from "../../../core/residents/joining/sign-up-rules.ts";
import { one } from "../../fields.ts";
import type { AdminRequest } from "../../request.ts";
import { finish } from "./arrive.ts";

/** What the mailed link opens: a button, for programs that look at mails follow links. */
export async function showConfirm(request: AdminRequest) {
  const token = request.query.get("token") ?? "";
  const { username, email } = await newcomerOf(request, token);
  return request.html("screens/signup/confirm", request.t("signup.confirm"), { token, username, email });
}

/** The address is proved: lets somebody in, or lets them wait for an admin's answer. */
export async function confirm(request: AdminRequest) {
  const { house, scope } = request;
  const token = one((await request.form()).fields, "token");
  const newcomer = await newcomerOf(request, token);
  const { mode } = await signUpRules(house.storage);
  return finish(request, newcomer, { mode }, async (db) => {
    if (!(await consumeLink(db, "sign-up-mail", token, scope.clock.now()))) throw over(request);
  });
}

async function newcomerOf(request: AdminRequest, token: string): Promise<Newcomer> {
  const link = await peekLink(request.house.storage, "sign-up-mail", token, request.scope.clock.now());
  if (!link) throw over(request);
  return link.data as unknown as Newcomer;
}

const over = ({ t }: AdminRequest) => new PublicError("sign-up.link", t("signup.link-over"), 410);
