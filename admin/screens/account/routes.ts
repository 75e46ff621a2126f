import type { AdminScreen } from "../../request.ts";
import { makeToken, revokeToken } from "./apps.ts";
import { askAgain, askOptions, takeAgain } from "./confirm.ts";
import { confirm, showEmail } from "./email.ts";
import { beginIdentity, disconnectIdentity } from "./identities.ts";
import { accountPage } from "./page.ts";
import { addOne, askForNew, removeOne, renameOne } from "./passkeys.ts";
import { changePassword } from "./password.ts";
import { savePreferences } from "./preferences.ts";
import { saveProfile } from "./profile.ts";
import { endOne, endOthers } from "./sessions.ts";
import { begin, newCodes, qrCode, showTwoFactor, switchOff, switchOn } from "./two-factor.ts";

/** One's own account: profile, preferences, how one signs in, sessions, apps. */
export const accountScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/account", access: "member", run: (request) => accountPage(request) },
  { method: "POST", path: "/account/profile", access: "member", run: saveProfile },
  { method: "POST", path: "/account/preferences", access: "member", run: savePreferences },
  { method: "GET", path: "/account/email", access: "member", run: showEmail },
  { method: "POST", path: "/account/email", access: "member", run: confirm },
  { method: "POST", path: "/account/password", access: "member", run: changePassword },
  { method: "GET", path: "/account/confirm", access: "member", run: askAgain },
  { method: "POST", path: "/account/confirm", access: "member", run: takeAgain },
  { method: "POST", path: "/account/confirm/options", access: "member", run: askOptions },
  { method: "POST", path: "/account/passkeys/options", access: "member", run: askForNew },
  { method: "POST", path: "/account/passkeys", access: "member", run: addOne },
  { method: "POST", path: "/account/passkeys/:id/rename", access: "member", run: renameOne },
  { method: "POST", path: "/account/passkeys/:id/remove", access: "member", run: removeOne },
  { method: "GET", path: "/account/two-factor", access: "member", run: (request) => showTwoFactor(request) },
  { method: "GET", path: "/account/two-factor/qr.svg", access: "member", run: qrCode },
  { method: "POST", path: "/account/two-factor/begin", access: "member", run: begin },
  { method: "POST", path: "/account/two-factor/on", access: "member", run: switchOn },
  { method: "POST", path: "/account/two-factor/codes", access: "member", run: newCodes },
  { method: "POST", path: "/account/two-factor/off", access: "member", run: switchOff },
  { method: "POST", path: "/account/sessions/end-others", access: "member", run: endOthers },
  { method: "POST", path: "/account/sessions/:hash/end", access: "member", run: endOne },
  { method: "POST", path: "/account/identities/:id/remove", access: "member", run: disconnectIdentity },
  { method: "POST", path: "/account/identities/with/:plugin", access: "member", run: beginIdentity },
  { method: "POST", path: "/account/apps", access: "member", run: makeToken },
  { method: "POST", path: "/account/apps/:id/revoke", access: "member", run: revokeToken },
];
