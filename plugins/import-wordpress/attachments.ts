import type { Audio, Photo } from "rookery/plugin";
import type { PicturesOf } from "./media-shortcodes.ts";
import type { Attachment, Survey } from "./survey.ts";

/** Finds the pictures a gallery of this post shows. */
export function picturesFor(postId: string, { attachments, attachmentsOf }: Survey): PicturesOf {
  return (ids) =>
    (ids ?? attachmentsOf.get(postId) ?? []).flatMap((id) => {
      const found = attachments.get(id);
      return found?.isImage ? [found] : [];
    });
}

/** The featured image as a photo of the post, unless its text shows it already. */
export function photosOf(thumbnailId: string | undefined, html: string, survey: Survey): Photo[] {
  const found = survey.attachments.get(thumbnailId?.trim() ?? "");
  if (!found?.isImage || shows(html, found)) return [];
  return [{ url: found.url, alt: found.alt }];
}

/** Sound from the custom field `enclosure`: address, bytes, type and PHP-serialised extras, a line each. */
export function audioOf(enclosure: string | undefined): Audio[] {
  const [url = "", bytes = "", type = "", extras = ""] = (enclosure ?? "").split("\n").map((line) => line.trim());
  if (!URL.canParse(url) || !/^https?:/.test(url) || !/^audio\/[\w.+-]+$/.test(type)) return [];
  const seconds = secondsOf(extras);
  return [{ url, type, bytes: /^\d{1,15}$/.test(bytes) ? Number(bytes) : 0, ...(seconds !== null && { seconds }) }];
}

// Never unserialised: one known value is read by its shape.
function secondsOf(extras: string): number | null {
  const match = /s:8:"duration";s:\d+:"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})"/.exec(extras);
  return match ? Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60 + Number(match[3]) : null;
}

// WordPress shows sizes of one file: photo.jpg, photo-300x200.jpg, photo-scaled.jpg.
function shows(html: string, { url }: Attachment): boolean {
  const name = (URL.parse(url)?.pathname.split("/").at(-1) ?? url).replace(/(-scaled)?\.\w+$/, "");
  return name !== "" && html.includes(name);
}
