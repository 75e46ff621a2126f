import type { Context } from "rookery/plugin";
import { categoryOf } from "./categories.ts";
import { showGuid } from "./guid.ts";
import { pictureUrl } from "./picture.ts";
import type { settings } from "./settings.ts";

/** The show as its feeds tell it: what the owner said, and the blog where nothing was said. */
export async function showOf(context: Context<typeof settings>) {
  const { blog, settings: said } = context;
  const title = cut(said.title || blog.title);
  const author = cut(said.author || title);
  return {
    title,
    author,
    description: (said.description || blog.description || title).slice(0, 4000).toWellFormed(),
    language: said.language || blog.language,
    copyright: said.copyright ?? "",
    cover: await pictureUrl(said.cover, "cover", context),
    guid: await showGuid(context),
    categories: [said.category, said.category2].map(categoryOf).filter((one) => one !== null),
    owner: said.ownerEmail ? { name: said.ownerName || author, email: said.ownerEmail } : null,
    funding: said.fundingUrl ? { url: said.fundingUrl, text: said.fundingText || context.t("feed.funding") } : null,
    type: said.type,
    medium: said.medium,
    explicit: said.explicit,
    locked: said.locked,
  };
}

/** The beginning of a text, as long as directories take one: 255 letters. */
export const cut = (text: string, most = 255): string =>
  text
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, "")
    .toWellFormed();

export type Show = Awaited<ReturnType<typeof showOf>>;
