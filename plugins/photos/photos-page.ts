import type { Context, Json, PageView, Photo, Post } from "rookery/plugin";
import { excerpt } from "../feeds/item.ts";
import { filesOf, pictureOf } from "./pictures.ts";
import type { settings } from "./settings.ts";

type PhotosContext = Context<typeof settings>;
const postsOnPage = 24;

/** All photos of the blog by months, newest first; nothing for a place in the list that is not there. */
export async function photosPage(query: URLSearchParams, context: PhotosContext): Promise<PageView | null> {
  const asked = query.get("after") ?? "";
  // As in the core's lists, what cannot be a place in the list means nothing.
  const after = /^[0-9A-HJKMNP-TV-Z]{26}$/.test(asked) ? asked : null;
  const found = await photoPosts(context, { limit: postsOnPage + 1, ...(after && { after }) });
  if (after && found.length === 0) return null;
  const posts = found.slice(0, postsOnPage);
  const older = found.length > postsOnPage ? `/photos?after=${posts.at(-1)!.id}` : "";
  const data = { months: await monthsOf(posts, context), older, newest: after ? "/photos" : "" };
  return {
    template: "photos",
    title: context.t("pages./photos"),
    ...(after && { query: `after=${after}` }),
    data: data as unknown as { readonly [key: string]: Json },
  };
}

/** Listed posts of the kind `photo`, newest first. */
export function photoPosts({ posts }: Pick<PhotosContext, "posts">, page: { limit: number; after?: string }) {
  return posts.list({ kind: "photo", ...page });
}

async function monthsOf(posts: readonly Post[], context: PhotosContext) {
  const { language, timeZone } = context.blog;
  const files = await filesOf(
    posts.flatMap(({ photos }) => photos),
    context.media,
  );
  const month = new Intl.DateTimeFormat(language, { year: "numeric", month: "long", timeZone });
  const day = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone });
  const shown = posts.map((post) => {
    const at = new Date(post.publishedAt ?? post.createdAt);
    const label = context.t("page.photo-of", { date: day.format(at) });
    const name = post.title || excerpt(post.html) || label;
    const photos = post.photos.map((photo: Photo) => pictureOf(photo, files.get(photo.url)));
    return { month: month.format(at), url: post.url, at: at.toISOString(), label, name, language: post.language, photos };
  });
  return [...Map.groupBy(shown, (post) => post.month)].map(([name, inMonth]) => ({ name, posts: inMonth }));
}
