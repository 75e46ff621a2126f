import { refusalOf } from "../../by.ts";
import { one } from "../../fields.ts";
import type { OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { beganFrom, isOvertaken } from "./began-from.ts";
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
  const began = generalOf(place);
  if (isOvertaken(sent, began, given)) {
    const field = given.title === began.title ? "description" : "title";
    return { ...(await page(request, place, given, { [field]: request.t("settings.overtaken") })), status: 409 };
  }
  const further = Object.fromEntries(
    ["language", "timeZone"].flatMap((name) => (sent.has(name) ? [[name, one(sent, name)]] : [])),
  );
  const refused = await refusalOf(() => keepBlog(place, { ...given, ...further }));
  if (refused) return page(request, place, given, problemAt(request, refused, fields, "title"));
  return request.redirect(sectionAt(place, "general"), request.t("settings.saved"));
}

const generalOf = ({ blog }: OnBlog): General => ({ title: blog.title, description: blog.description });

function page(request: AdminRequest, place: OnBlog, values: General, errors?: Record<string, string>) {
  const data = { values: { title: values.title, description: values.description }, began: beganFrom(generalOf(place)) };
  return sectionPage(request, place, { section: "general", data, ...(errors && { errors }) });
}
