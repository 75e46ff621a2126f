import type { Post } from "../../../core/hooks/values.ts";
import { plainText } from "../../../core/net/plain-text.ts";
import { listPages, listPosts } from "../../../core/posts/read.ts";
import type { OnBlog } from "../../on-blog.ts";

/** Pages of the blog's own that show what a design does. */
export const sampleNames = ["home", "short", "long", "photo", "page", "archive", "missing"] as const;
export type SampleName = (typeof sampleNames)[number];

/** One of them, with where it is. */
export type SamplePage = { readonly name: SampleName; readonly path: string };

const shortest = 40;

/** Those the blog has: the newest short and photo posts, the longest of the newest, and the first page. */
export async function samplePages(place: Pick<OnBlog, "scope">): Promise<readonly SamplePage[]> {
  const [posts, pages] = await Promise.all([listPosts(place.scope, { limit: 50 }), listPages(place.scope)]);
  const sized = posts.map((post) => ({ post, length: plainText(post.html).length }));
  const texts = sized.filter(({ post }) => post.photos.length === 0).toSorted((a, b) => a.length - b.length);
  const found: Readonly<Record<SampleName, string | undefined>> = {
    home: "/",
    short: (texts.find(({ length }) => length >= shortest) ?? texts[0])?.post.path,
    long: sized.toSorted((a, b) => b.length - a.length)[0]?.post.path,
    photo: posts.find((post) => post.photos.length > 0)?.path,
    page: pages.find(isSeen)?.path,
    archive: posts.length > 0 ? "/archive" : undefined,
    missing: "/nothing-is-here",
  };
  return sampleNames.flatMap((name) => (found[name] === undefined ? [] : [{ name, path: found[name] }]));
}

/** The wanted page, or the first there is. */
export function chosenSample(pages: readonly SamplePage[], wanted: string | null): SamplePage {
  return pages.find(({ name }) => name === wanted) ?? pages[0]!;
}

const isSeen = (post: Post): boolean => post.visibility !== "private";
