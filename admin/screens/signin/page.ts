import { signUpRules } from "../../../core/residents/joining/sign-up-rules.ts";
import { openPlaces } from "../../plugin-screens/plugin-places.ts";
import type { AdminRequest } from "../../request.ts";
import { waysToSignIn } from "./ways.ts";

/** What the page of sign-in shows. */
export type SignInPage = {
  readonly next: string;
  readonly name: string;
  /** What was typed for other ways, by plugin. */
  readonly with?: Readonly<Record<string, string>>;
  readonly errors?: Record<string, string>;
  /** What somebody suspended can still do. */
  readonly still?: readonly { readonly label: string; readonly href: string }[];
};

/** Draws the page of sign-in with what was typed. */
export async function signInPage(request: AdminRequest, data: SignInPage, status = 200) {
  const { mode } = await signUpRules(request.house.storage);
  const mayJoin = mode === "open" || mode === "approval";
  return request.html(
    "screens/signin/signin",
    request.t("signin.title"),
    { with: {}, ...data, mayJoin, ways: waysToSignIn(request), open: openPlaces(request) },
    { status },
  );
}
