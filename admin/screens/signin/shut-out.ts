import { personById } from "../../../core/people/accounts.ts";
import { accountOf } from "../../../core/people/person.ts";
import { standingOf } from "../../../core/residents/standing/standing.ts";
import type { AdminRequest } from "../../request.ts";
import { safePath } from "../../safe-path.ts";
import { signInPage, type SignInPage } from "./page.ts";

const longest = 200;

/** Tells somebody suspended, who proved who they are, why they are not let in, and what plugins say they can still do. There is no session. */
export async function shutOut(request: AdminRequest, who: Pick<SignInPage, "next" | "name"> & { readonly accountId: string }) {
  const { house, scope, language, t } = request;
  const { accountId, next, name } = who;
  const [person, why] = [await personById(house.storage, accountId), await standingOf(house.storage, ["account", accountId])];
  const asked = person && { account: accountOf(person), language };
  const links = asked ? await scope.taps.collect(scope, "account.shutOut", asked) : [];
  const still = links
    .map(({ label, href }) => ({ label: String(label).slice(0, longest), href: safePath(href) }))
    .filter(({ href }) => href !== "/");
  const sentence = t(why?.reason ? "signin.suspended-because" : "signin.suspended", { reason: why?.reason ?? "" });
  return signInPage(request, { next, name, errors: { name: sentence }, still }, 403);
}
