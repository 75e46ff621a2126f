import type { Blog } from "../../../core/hooks/values.ts";
import { thumbUrl, type LibraryFile } from "../../../core/media/media-row.ts";

/** A file as scripts of the dashboard get it after an upload. */
export function answerOf(file: LibraryFile, blog: Blog) {
  const { id, url, alt, width, height, type, bytes, name, seconds } = file;
  return { id, url, alt, width, height, type, bytes, name, seconds, thumb: thumbUrl(file, blog) };
}
