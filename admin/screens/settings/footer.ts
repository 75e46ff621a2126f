import { withDesign } from "../../../core/blogs/site-settings.ts";
import type { Json } from "../../../core/hooks/values.ts";
import { one } from "../../fields.ts";
import type { OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { beganFrom, isOvertaken } from "./began-from.ts";
import { keepSettings } from "./keep.ts";
import { sectionAt, sectionPage, settingsOf } from "./section.ts";

const mostLetters = 2000;

/** What stands under every page. */
export async function showFooter(request: AdminRequest) {
  const place = await settingsOf(request);
  return page(request, place, storedIn(place).footerText);
}

/** Keeps it. */
export async function saveFooter(request: AdminRequest) {
  const place = await settingsOf(request);
  const { fields } = await request.form();
  const footerText = one(fields, "footerText");
  if (footerText.length > mostLetters) return page(request, place, footerText, { footerText: request.t("settings.footer-long") });
  if (isOvertaken(fields, storedIn(place), { footerText }))
    return { ...(await page(request, place, footerText, { footerText: request.t("settings.overtaken") })), status: 409 };
  await keepSettings(place, "footer", (settings) => withDesign(settings, { footerText: footerText === "" ? null : footerText }));
  return request.redirect(sectionAt(place, "footer"), request.t("settings.saved"));
}

function storedIn(place: OnBlog) {
  const design = place.blog.settings.design as { readonly [key: string]: Json } | undefined;
  return { footerText: typeof design?.footerText === "string" ? design.footerText : "" };
}

function page(request: AdminRequest, place: OnBlog, footerText: string, errors?: Record<string, string>) {
  const data = { footerText, began: beganFrom(storedIn(place)) };
  return sectionPage(request, place, { section: "footer", data, ...(errors && { errors }) });
}
