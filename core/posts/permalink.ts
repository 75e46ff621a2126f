import { createHash } from "node:crypto";

/** SHA-256 in hex of a path (or any text): how addresses are looked up and kept unique. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A readable name for an address: letters and digits of any script in lower case, hyphens between, at most 80 characters. */
export function slugify(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/(?<=[a-zA-Z])\p{Mn}+/gu, "") // é becomes e; marks that other scripts need stay
    .normalize("NFC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .slice(0, 80)
    .replace(/^-+|-+$/g, "");
}

/** The slug of an untitled post: its first words, or the time of day when it has none. */
export function slugOfText(text: string, publishedAt: Date, timeZone: string): string {
  const words = slugify(text.slice(0, 200)).split("-").slice(0, 6).join("-").slice(0, 60).replace(/-+$/, "");
  return words || zoned(publishedAt, timeZone).toPlainTime().toString({ smallestUnit: "second" }).replaceAll(":", "");
}

/** Path of a post: its day in the blog's zone, then the slug; a page's is the slug alone. */
export function pathFor(kind: string, slug: string, publishedAt: Date, timeZone: string): string {
  if (kind === "page") return `/${slug}`;
  return `/${zoned(publishedAt, timeZone).toPlainDate().toString().replaceAll("-", "/")}/${slug}`;
}

/** `2026-11` in the blog's zone: the month whose archive shows the post. */
export function monthOf(publishedAt: Date, timeZone: string): string {
  return zoned(publishedAt, timeZone).toPlainDate().toString().slice(0, 7);
}

/** A path as it is stored and compared: one leading slash, decoded, no trailing slash, no `.`/`..`; null when it is none. */
export function cleanPath(path: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
  // `//host/path` is another site to a browser: no post stands there, so none can lead readers away.
  if (!decoded.startsWith("/") || decoded.startsWith("//") || /[\p{Cc}\\?#]/u.test(decoded) || decoded.length > 700) return null;
  if (decoded.split("/").some((part) => part === "." || part === "..")) return null;
  return decoded === "/" ? "/" : decoded.replace(/\/+$/, "");
}

function zoned(moment: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone);
}
