import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PublicError } from "../../../core/errors.ts";
import { themeCards, type ThemeCard } from "../../house.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";

/** A theme to choose, with its picture where it has one. */
export type ShownCard = ThemeCard & { readonly picture: string | null; readonly isWorn: boolean };

const pictureFile = ["screenshots", "desktop.png"];

/** The themes that a blog can wear. */
export function cardsOf({ house, language }: Pick<AdminRequest, "house" | "language">, place: OnBlog): readonly ShownCard[] {
  return themeCards(house, language).map((card) => {
    const folder = house.themes.find(card.id)!.folder;
    const picture = existsSync(join(folder, ...pictureFile)) ? place.at(`/design/themes/${card.id}/picture`) : null;
    return { ...card, picture, isWorn: card.id === place.blog.theme };
  });
}

/** The picture of a theme; PublicError 404 when there is none. */
export async function themePicture(request: AdminRequest) {
  await onBlog(request, "blog.edit");
  const theme = request.house.themes.find(request.params.id ?? "");
  const file = theme && join(theme.folder, ...pictureFile);
  if (!file || !existsSync(file)) throw new PublicError("theme.no-picture", "This theme has no picture.", 404);
  return { bytes: await readFile(file), headers: { "content-type": "image/png", "cache-control": "private, max-age=3600" } };
}
