import { themeCards, type ThemeCard } from "../../house.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { hasThemePicture, themePicture } from "../../theme-picture.ts";

/** A theme to choose, with its picture where it has one. */
export type ShownCard = ThemeCard & { readonly picture: string | null; readonly isWorn: boolean };

/** The themes that a blog can wear. */
export function cardsOf({ house, language }: Pick<AdminRequest, "house" | "language">, place: OnBlog): readonly ShownCard[] {
  return themeCards(house, language).map((card) => {
    const picture = hasThemePicture({ house }, card.id) ? place.at(`/design/themes/${card.id}/picture`) : null;
    return { ...card, picture, isWorn: card.id === place.blog.theme };
  });
}

/** The picture of a theme, for those who may choose one. */
export async function cardPicture(request: AdminRequest) {
  await onBlog(request, "blog.edit");
  return themePicture(request);
}
