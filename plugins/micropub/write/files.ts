import type { Context, Media, SentFile } from "rookery/plugin";
import { textOf } from "../entry/mf2.ts";
import { invalid } from "../problem.ts";
import type { Wish } from "../read/wish.ts";

const groups = { photo: "image", video: "video", audio: "audio" } as const;
type Property = keyof typeof groups;

/**
 * Keeps the files of a multipart create in the library, in their order. What a file is, its bytes say; one that is not what its
 * property wants is refused, and then none is kept (400, 413, 415).
 */
export async function storeFiles(
  context: Context,
  wish: Wish,
): Promise<{ readonly property: Property; readonly media: Media }[]> {
  const stored: { property: Property; media: Media }[] = [];
  const files = wish.files.filter((file): file is SentFile & { field: Property } => file.field in groups);
  try {
    for (const file of files) {
      const place =
        stored.filter(({ property }) => property === file.field).length + (wish.entry.properties[file.field]?.length ?? 0);
      const alt = textOf(wish.commands[`${file.field}-alt`]?.[place]);
      const media = await context.media.store({ path: file.path, name: file.name, ...(alt && { alt }) });
      stored.push({ property: file.field, media });
      // Sound in a container for films is sound all the same.
      const isFitting =
        media.type.startsWith(`${groups[file.field]}/`) || (file.field === "audio" && media.type.startsWith("video/"));
      if (!isFitting) throw invalid(`The file sent as ${file.field} is none.`, 415);
    }
    return stored;
  } catch (error) {
    for (const { media } of stored) await context.media.remove(media.id).catch(() => false);
    throw error;
  }
}
