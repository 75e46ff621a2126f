import { siteSettingsOf } from "../../../core/blogs/site-settings.ts";
import type { AdminRequest } from "../../request.ts";
import { keepSettings } from "./keep.ts";
import { sectionAt, sectionPage, settingsOf } from "./section.ts";

/** Who is to find the blog. */
export async function showPrivacy(request: AdminRequest) {
  const place = await settingsOf(request);
  return sectionPage(request, place, { section: "privacy", data: { isHidden: siteSettingsOf(place.blog).hideFromSearch } });
}

/** Keeps it. */
export async function savePrivacy(request: AdminRequest) {
  const place = await settingsOf(request);
  const hideFromSearch = (await request.form()).fields.has("hideFromSearch");
  await keepSettings(place, "privacy", (settings) => ({ ...settings, hideFromSearch }), { hideFromSearch });
  return request.redirect(sectionAt(place, "privacy"), request.t("settings.saved"));
}
