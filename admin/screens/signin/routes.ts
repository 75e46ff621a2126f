import type { AdminScreen } from "../../request.ts";
import { askCode, checkCode } from "./code.ts";
import { comeBack, goElsewhere } from "./elsewhere.ts";
import { mailLinkTo, sent, showLink, takeLink } from "./link.ts";
import { askPasskey, takePasskey } from "./passkey.ts";
import { enter, leave, show } from "./password.ts";
import { askReset, choosePassword, mailReset, takePassword } from "./reset.ts";

/** Sign-in by password, mailed link, passkey and sites of one's own, the second step, a forgotten password; sign-out. */
export const signInScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/signin", access: "public", run: show },
  { method: "POST", path: "/signin", access: "public", run: enter },
  { method: "GET", path: "/signin/code", access: "public", run: askCode },
  { method: "POST", path: "/signin/code", access: "public", run: checkCode },
  { method: "POST", path: "/signin/passkey/options", access: "public", run: askPasskey },
  { method: "POST", path: "/signin/passkey", access: "public", run: takePasskey },
  { method: "GET", path: "/signin/sent", access: "public", run: sent },
  { method: "GET", path: "/signin/link", access: "public", run: showLink },
  { method: "POST", path: "/signin/link", access: "public", run: mailLinkTo },
  { method: "POST", path: "/signin/link/use", access: "public", run: takeLink },
  { method: "GET", path: "/signin/reset", access: "public", run: askReset },
  { method: "POST", path: "/signin/reset", access: "public", run: mailReset },
  { method: "GET", path: "/signin/reset/new", access: "public", run: choosePassword },
  { method: "POST", path: "/signin/reset/new", access: "public", run: takePassword },
  { method: "GET", path: "/signin/with/callback", access: "public", run: comeBack },
  { method: "POST", path: "/signin/with/:plugin", access: "public", run: goElsewhere },
  { method: "POST", path: "/signout", access: "member", run: leave },
];
