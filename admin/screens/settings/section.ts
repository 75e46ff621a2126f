import type { PublicError } from "../../../core/errors.ts";
import type { Generation } from "../../../core/host/generation.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";

/** The parts of a blog's settings that have a page each, in the order of the menu. */
export const sections = ["general", "writing", "language", "footer", "not-found", "privacy", "domain"] as const;
export type Section = (typeof sections)[number];

/** The blog whose settings are asked for. PublicError 404 for who may not change them. */
export function settingsOf(request: AdminRequest): Promise<OnBlog> {
  return onBlog(request, "blog.manage");
}

/** Address of a part. */
export function sectionAt(place: OnBlog, section: Section): string {
  return place.at(section === "general" ? "/settings" : `/settings/${section}`);
}

/** Draws a part with the menu of all parts beside it; errors make it a 422. */
export async function sectionPage(
  request: AdminRequest,
  place: OnBlog,
  part: { section: Section; data: object; errors?: Readonly<Record<string, string>>; status?: number },
) {
  const title = request.t(`settings.part-${part.section}`);
  return partPage(request, place, {
    ...part,
    view: `screens/settings/${part.section}`,
    title,
    at: sectionAt(place, part.section),
  });
}

/** A page of a blog's settings that is somebody else's: its view extends screens/settings/frame.njk. */
export type SettingsPart = {
  readonly view: string;
  readonly title: string;
  readonly at: string;
  readonly data: object;
  readonly errors?: Readonly<Record<string, string>>;
  readonly status?: number;
};

/** Draws such a page with the menu of all parts beside it; errors make it a 422. */
export async function partPage(request: AdminRequest, place: OnBlog, part: SettingsPart) {
  const data = { ...part.data, errors: part.errors, at: part.at, groups: await menuOf(request, place, part.at) };
  const status = part.status ?? (part.errors ? 422 : 200);
  return request.html(part.view, part.title, data, { blog: place.blog, status });
}

/** A refusal beside the field it is about. */
export function problemAt(
  request: AdminRequest,
  error: PublicError,
  fields: Readonly<Record<string, string>>,
  otherwise: string,
) {
  return { [fields[error.key] ?? otherwise]: sentenceFor(request, error) };
}

async function menuOf(request: AdminRequest, place: OnBlog, current: string) {
  const { t } = request;
  const own = sections.map((section) => ({
    href: sectionAt(place, section),
    label: t(`settings.part-${section}`),
    isCurrent: sectionAt(place, section) === current,
  }));
  // What else is there of this blog's settings, by whoever made it.
  const further = (await request.destinations(place.blog))
    .filter(({ href }) => href.startsWith(place.at("/settings/")) && !own.some((one) => one.href === href))
    .map(({ href, label }) => ({ href, label, isCurrent: href === current }));
  const last = [
    { href: place.at("/settings/log"), label: t("settings.part-log"), isCurrent: false },
    { href: place.at("/settings/danger"), label: t("settings.part-danger"), isCurrent: false },
  ].filter(({ href }) => !further.some((one) => one.href === href));
  return [
    { label: t("settings.title"), items: [...own, ...further, ...last] },
    { label: t("settings.parts-plugins"), items: pluginItems(place, current) },
  ].filter(({ items }) => items.length > 0);
}

// Every plugin that is on here and has something to set on a blog, under its own name.
function pluginItems(place: OnBlog, current: string) {
  const generation = place.scope.taps as Generation;
  return [...generation.plugins.values()]
    .map(({ plugin }) => plugin)
    .filter((plugin) => plugin.scope !== "network" && Object.keys(plugin.settings ?? {}).length > 0)
    .filter((plugin) => generation.isActive(plugin.id, place.blog))
    .map(({ id, name }) => ({ href: place.at(`/settings/plugins/${id}`), label: name }))
    .map((item) => ({ ...item, isCurrent: item.href === current }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
}
