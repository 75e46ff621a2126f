import { siteSettingsOf } from "../../../core/blogs/site-settings.ts";
import type { Json } from "../../../core/hooks/values.ts";
import { listPages } from "../../../core/posts/read.ts";
import { one } from "../../fields.ts";
import type { OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { beganFrom, isOvertaken } from "./began-from.ts";
import { keepSettings } from "./keep.ts";
import { sectionAt, sectionPage, settingsOf } from "./section.ts";

type Values = { kind: string; page: string; text: string };
const mostLetters = 10_000;

/** What readers see at an address where nothing is. */
export async function showNotFound(request: AdminRequest) {
  const place = await settingsOf(request);
  return page(request, place, storedIn(place));
}

/** Keeps it. */
export async function saveNotFound(request: AdminRequest) {
  const place = await settingsOf(request);
  const { fields } = await request.form();
  const typed = { kind: one(fields, "kind"), page: one(fields, "page"), text: one(fields, "text") };
  const errors = await problems(request, place, typed);
  if (errors) return page(request, place, typed, errors);
  const { kind } = typed;
  // What was not chosen is sent along all the same.
  const wanted = { kind, ...(kind === "page" && { page: typed.page }), ...(kind === "text" && { text: typed.text }) };
  if (isOvertaken(fields, storedIn(place), wanted))
    return { ...(await page(request, place, typed, { text: request.t("settings.overtaken") })), status: 409 };
  const notFound: Json = typed.kind === "page" ? { page: typed.page } : { text: typed.text };
  await keepSettings(place, "not-found", ({ notFound: _before, ...rest }) =>
    typed.kind === "theme" ? rest : { ...rest, notFound },
  );
  return request.redirect(sectionAt(place, "not-found"), request.t("settings.saved"));
}

async function problems({ t }: AdminRequest, place: OnBlog, typed: Values): Promise<Record<string, string> | null> {
  if (typed.kind === "text" && typed.text === "") return { text: t("settings.not-found-empty") };
  if (typed.text.length > mostLetters) return { text: t("settings.not-found-long") };
  if (typed.kind !== "page") return null;
  const isThere = (await listPages(place.scope)).some(({ id }) => id === typed.page);
  return isThere ? null : { page: t("settings.not-found-no-page") };
}

function storedIn(place: OnBlog): Values {
  const { notFound } = siteSettingsOf(place.blog);
  if (notFound === null) return { kind: "theme", page: "", text: "" };
  if ("page" in notFound) return { kind: "page", page: notFound.page, text: "" };
  return { kind: "text", page: "", text: notFound.text };
}

async function page(request: AdminRequest, place: OnBlog, values: Values, errors?: Record<string, string>) {
  const pages = (await listPages(place.scope)).map(({ id, title, path }) => ({ value: id, label: title || path }));
  const kinds = ["theme", ...(pages.length > 0 ? ["page"] : []), "text"].map((value) => ({
    value,
    label: request.t(`settings.not-found-${value}`),
  }));
  const data = { values, pages, kinds, began: beganFrom(storedIn(place)) };
  return sectionPage(request, place, { section: "not-found", data, ...(errors && { errors }) });
}
