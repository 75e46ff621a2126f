import { refusalOf } from "../../by.ts";
import { one } from "../../fields.ts";
import type { OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { keepBlog } from "./keep.ts";
import { problemAt, sectionAt, sectionPage, settingsOf } from "./section.ts";

type General = { title: string; description: string };
const fields = { "blog.title": "title", "blog.language": "language", "blog.time-zone": "timeZone" };

/** Title and description. */
export async function showGeneral(request: AdminRequest) {
  const place = await settingsOf(request);
  return page(request, place, place.blog);
}

/** Keeps them; language and time zone too when they come along. */
export async function saveGeneral(request: AdminRequest) {
  const place = await settingsOf(request);
  const sent = (await request.form()).fields;
  const given = { title: one(sent, "title"), description: one(sent, "description") };
  const further = Object.fromEntries(
    ["language", "timeZone"].flatMap((name) => (sent.has(name) ? [[name, one(sent, name)]] : [])),
  );
  const refused = await refusalOf(() => keepBlog(place, { ...given, ...further }));
  if (refused) return page(request, place, given, problemAt(request, refused, fields, "title"));
  return request.redirect(sectionAt(place, "general"), request.t("settings.saved"));
}

function page(request: AdminRequest, place: OnBlog, { title, description }: General, errors?: Record<string, string>) {
  return sectionPage(request, place, { section: "general", data: { values: { title, description } }, ...(errors && { errors }) });
}
