import { isLanguage } from "../../../core/people/zones.ts";
import { languageChoices, zoneChoices } from "../../choices.ts";
import { refusalOf } from "../../by.ts";
import { one } from "../../fields.ts";
import type { OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { keepBlog } from "./keep.ts";
import { problemAt, sectionAt, sectionPage, settingsOf } from "./section.ts";

type Values = { language: string; timeZone: string };

/** The blog's own language and time zone; who works on it reads the dashboard in theirs. */
export async function showLanguage(request: AdminRequest) {
  const place = await settingsOf(request);
  return page(request, place, place.blog);
}

/** Keeps them. */
export async function saveLanguage(request: AdminRequest) {
  const place = await settingsOf(request);
  const { fields } = await request.form();
  const given = { language: one(fields, "language"), timeZone: one(fields, "timeZone") };
  const refused = await refusalOf(() => keepBlog(place, given));
  if (refused) return page(request, place, given, problemAt(request, refused, { "blog.time-zone": "timeZone" }, "language"));
  return request.redirect(sectionAt(place, "language"), request.t("settings.saved"));
}

function page(request: AdminRequest, place: OnBlog, { language, timeZone }: Values, errors?: Record<string, string>) {
  const data = {
    values: { language, timeZone },
    languages: languageChoices(request.language, isLanguage(language) ? language : place.blog.language),
    zones: zoneChoices(timeZone),
  };
  return sectionPage(request, place, { section: "language", data, ...(errors && { errors }) });
}
