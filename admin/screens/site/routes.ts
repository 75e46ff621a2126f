import type { AdminScreen } from "../../request.ts";
import { showAdvanced } from "./advanced.ts";
import { saveGeneral, showGeneral } from "./general.ts";
import { saveLimits, showLimits } from "./limits.ts";
import { showPrivacy, showTerms } from "./policies.ts";
import { showStorage, tryStorage } from "./storage.ts";
import { saveTexts, showTexts } from "./texts.ts";

/** What an admin decides for the whole installation, and the texts that everybody can read. */
export const siteScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/admin/settings", access: "admin", run: showGeneral },
  { method: "POST", path: "/admin/settings", access: "admin", run: saveGeneral },
  { method: "GET", path: "/admin/settings/limits", access: "admin", run: showLimits },
  { method: "POST", path: "/admin/settings/limits", access: "admin", run: saveLimits },
  { method: "GET", path: "/admin/settings/storage", access: "admin", run: (request) => showStorage(request) },
  { method: "POST", path: "/admin/settings/storage/test", access: "admin", run: tryStorage },
  { method: "GET", path: "/admin/settings/texts", access: "admin", run: showTexts },
  { method: "POST", path: "/admin/settings/texts", access: "admin", run: saveTexts },
  { method: "GET", path: "/admin/settings/advanced", access: "admin", run: showAdvanced },
  { method: "GET", path: "/terms", access: "public", run: showTerms },
  { method: "GET", path: "/privacy", access: "public", run: showPrivacy },
];
