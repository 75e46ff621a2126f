import { stamp } from "../clock.ts";
import { PublicError } from "../errors.ts";
import type { Blog, Json, Properties, Visibility } from "../hooks/values.ts";
import { isUlid } from "../ids.ts";
import { update } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { touch } from "./versions.ts";

/** What a blog's people decided about writing and about who finds the blog, read from `blog.settings`. */
export type SiteSettings = {
  /** What a new post is when nobody says otherwise. */
  readonly defaultVisibility: Visibility;
  /** Times of day at which scheduled posts appear unless told, `HH:MM` in the blog's zone, in order. */
  readonly scheduleSlots: readonly string[];
  /** Search engines and sitemaps are to pass the blog by. */
  readonly hideFromSearch: boolean;
  /** What readers see where nothing is: a page, words of the blog's own, or (null) the theme's. */
  readonly notFound: { readonly page: string } | { readonly text: string } | null;
};

/** A blog's settings; what is missing or wrong is as if nobody had said anything. */
export function siteSettingsOf({ settings }: Pick<Blog, "settings">): SiteSettings {
  const visibility = settings.defaultVisibility;
  return {
    defaultVisibility: visibility === "unlisted" || visibility === "private" ? visibility : "public",
    scheduleSlots: Array.isArray(settings.scheduleSlots) ? settings.scheduleSlots.filter(isSlot).toSorted() : [],
    hideFromSearch: settings.hideFromSearch === true,
    notFound: notFoundOf(settings.notFound),
  };
}

/** Times of day as somebody typed them, `9:00, 17:30`: `HH:MM`, in order, each once. PublicError 422. */
export function slotsFrom(text: string): string[] {
  const given = text.split(/[\s,;]+/).filter((part) => part !== "");
  const slots = given.map((part) => (/^\d:\d\d$/.test(part) ? `0${part}` : part));
  const wrong = slots.find((slot) => !slotPattern.test(slot));
  if (wrong !== undefined)
    throw new PublicError("settings.slot", `“${wrong.slice(0, 20)}” is not a time of day; write it like 09:00.`, 422, {
      time: wrong.slice(0, 20),
    });
  if (slots.length > 24) throw new PublicError("settings.slots", "24 times a day are the most.", 422);
  return [...new Set(slots)].toSorted();
}

/** Changes a blog's settings from what is stored now; its pages are made anew. PublicError 404 for no blog. */
export async function changeSettings(
  db: Transaction,
  blogId: string,
  change: (settings: Properties) => Properties,
  now: Date,
): Promise<void> {
  // Locked: of two who change one setting each, the second must begin from what the first stored.
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const [row] = await db.query(`SELECT settings FROM blogs WHERE id = ?${lock}`, [blogId]);
  if (!row) throw new PublicError("blog.unknown", "There is no such blog.", 404);
  const settings = change(JSON.parse(String(row.settings)) as Properties);
  await update(db, "blogs", { settings: JSON.stringify(settings), updated_at: stamp(now) }, { id: blogId });
  await touch(db, blogId);
}

/** The same settings with some of what every theme gets for free (`design`) changed; null takes one away. */
export function withDesign(settings: Properties, change: Readonly<Record<string, Json>>): Properties {
  const { design } = settings;
  const known = typeof design === "object" && design !== null && !Array.isArray(design) ? (design as Record<string, Json>) : {};
  const merged = Object.entries({ ...known, ...change }).filter(([, value]) => value !== null);
  return { ...settings, design: Object.fromEntries(merged) };
}

const slotPattern = /^([01]\d|2[0-3]):[0-5]\d$/;
const isSlot = (value: unknown): value is string => typeof value === "string" && slotPattern.test(value);

function notFoundOf(value: Json | undefined): SiteSettings["notFound"] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const { page, text } = value as Record<string, Json>;
  if (typeof page === "string" && isUlid(page)) return { page };
  return typeof text === "string" && text.trim() !== "" ? { text: text.slice(0, 10_000) } : null;
}
