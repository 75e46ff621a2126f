import type { AdminScreen } from "../../request.ts";
import { addOne, checkOne, confirmRemove, mainOne, removeOne, showDomains } from "./domain.ts";
import { saveFooter, showFooter } from "./footer.ts";
import { saveGeneral, showGeneral } from "./general.ts";
import { saveLanguage, showLanguage } from "./language.ts";
import { saveNotFound, showNotFound } from "./not-found.ts";
import { savePrivacy, showPrivacy } from "./privacy.ts";
import { saveWriting, showWriting } from "./writing.ts";

/** What a blog says about itself, how it is written, who finds it, and under which names. */
export const settingsScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/settings", access: "member", run: showGeneral },
  { method: "POST", path: "/b/:blog/settings", access: "member", run: saveGeneral },
  { method: "GET", path: "/b/:blog/settings/writing", access: "member", run: showWriting },
  { method: "POST", path: "/b/:blog/settings/writing", access: "member", run: saveWriting },
  { method: "GET", path: "/b/:blog/settings/language", access: "member", run: showLanguage },
  { method: "POST", path: "/b/:blog/settings/language", access: "member", run: saveLanguage },
  { method: "GET", path: "/b/:blog/settings/footer", access: "member", run: showFooter },
  { method: "POST", path: "/b/:blog/settings/footer", access: "member", run: saveFooter },
  { method: "GET", path: "/b/:blog/settings/not-found", access: "member", run: showNotFound },
  { method: "POST", path: "/b/:blog/settings/not-found", access: "member", run: saveNotFound },
  { method: "GET", path: "/b/:blog/settings/privacy", access: "member", run: showPrivacy },
  { method: "POST", path: "/b/:blog/settings/privacy", access: "member", run: savePrivacy },
  { method: "GET", path: "/b/:blog/settings/domain", access: "member", run: showDomains },
  { method: "POST", path: "/b/:blog/settings/domain", access: "member", run: addOne },
  { method: "POST", path: "/b/:blog/settings/domain/:host/check", access: "member", run: checkOne },
  { method: "POST", path: "/b/:blog/settings/domain/:host/main", access: "member", run: mainOne },
  { method: "GET", path: "/b/:blog/settings/domain/:host/remove", access: "member", run: confirmRemove },
  { method: "POST", path: "/b/:blog/settings/domain/:host/remove", access: "member", run: removeOne },
];
