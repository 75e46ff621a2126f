import { withDesign } from "../../../core/blogs/site-settings.ts";
import type { Json } from "../../../core/hooks/values.ts";
import { one } from "../../fields.ts";
import type { OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { keepSettings } from "./keep.ts";
import { sectionAt, sectionPage, settingsOf } from "./section.ts";

const mostLetters = 2000;

/** What stands under every page. */
export async function showFooter(request: AdminRequest) {
  const place = await settingsOf(request);
  const design = place.blog.settings.design as { readonly [key: string]: Json } | undefined;
  return page(request, place, typeof design?.footerText === "string" ? design.footerText : "");
}

/** Keeps it. */
export async function saveFooter(request: AdminRequest) {
  const place = await settingsOf(request);
  const footerText = one((await request.form()).fields, "footerText");
  if (footerText.length > mostLetters) return page(request, place, footerText, { footerText: request.t("settings.footer-long") });
  await keepSettings(place, "footer", (settings) => withDesign(settings, { footerText: footerText === "" ? null : footerText }));
  return request.redirect(sectionAt(place, "footer"), request.t("settings.saved"));
}

function page(request: AdminRequest, place: OnBlog, footerText: string, errors?: Record<string, string>) {
  return sectionPage(request, place, { section: "footer", data: { footerText }, ...(errors && { errors }) });
}
