import type { Account, Category, Photo, Post, Properties } from "../../../core/hooks/values.ts";
import { markdownToHtml } from "../../../core/net/markdown.ts";
import { monthOf, pathFor, slugify } from "../../../core/posts/permalink.ts";
import { sampleBlog, type SampleBlog } from "../../../core/render/sample/sample-blog.ts";
import { samplePage } from "../../../core/render/sample/sample-posts.ts";
import type { SceneName } from "./scenes.ts";

/** A picture of an invented post: scene, hue, measures, and what it shows. */
export type Shot = readonly [scene: SceneName, hue: number, width: number, height: number, alt: string];

/** A post that nobody wrote; `at` is a moment in universal time. */
export type InventedPost = {
  readonly at: string;
  readonly kind?: string;
  readonly title?: string;
  readonly text?: string;
  readonly summary?: string;
  readonly shots?: readonly Shot[];
  readonly categories?: readonly string[];
  readonly properties?: Properties;
  readonly audio?: string;
};

/** A blog that shows what a theme is for. */
export type InventedBlog = {
  readonly theme: string;
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly author: Pick<Account, "name" | "bio">;
  readonly face: Shot;
  readonly settings?: Properties;
  readonly posts: readonly InventedPost[];
};

const addressOf = ([scene, hue, width, height]: Shot) => `/media/${scene}-${hue}-${width}-${height}.svg`;

/** The invented blog as pages are drawn from, the newest post first. */
export function blogOfInvention(invented: InventedBlog): SampleBlog {
  const { blog, facts } = sampleBlog({ theme: invented.theme, url: invented.url, settings: invented.settings ?? {} });
  const categories = categoriesOf(invented);
  const posts = invented.posts.map((post, at) =>
    postOf(post, { at, blogId: blog.id, authorId: blog.ownerId, url: blog.url, categories }),
  );
  const owner = facts.authors.get(blog.ownerId)!;
  const account = { ...owner, ...invented.author, photo: addressOf(invented.face), photoAlt: invented.face[4] };
  const months = Map.groupBy(posts, (post) => monthOf(new Date(post.publishedAt!), "UTC"));
  return {
    blog: { ...blog, title: invented.title, description: invented.description },
    posts,
    facts: {
      ...facts,
      authors: new Map([[owner.id, account]]),
      categories,
      months: [...months].map(([month, of]) => ({ month, count: of.length })),
      total: posts.length,
    },
  };
}

function categoriesOf({ posts }: InventedBlog): Category[] {
  const names = new Set(posts.flatMap(({ categories }) => categories ?? []));
  return [...names].map((name) => ({ id: slugify(name), name, slug: slugify(name), description: "" }));
}

type Around = { at: number; blogId: string; authorId: string; url: string; categories: readonly Category[] };

function postOf(post: InventedPost, { at, blogId, authorId, url, categories }: Around): Post {
  const kind = post.kind ?? (post.title ? "article" : post.shots ? "photo" : "note");
  const published = new Date(post.at);
  const slug = slugify(post.title ?? (post.text ?? kind).slice(0, 24));
  const path = pathFor(kind, slug, published, "UTC");
  const moment = published.toISOString();
  return {
    ...samplePage({ blogId, authorId, url }),
    id: `invented-${at}`,
    kind,
    slug,
    path,
    url: url + path.slice(1),
    title: post.title ?? "",
    summary: post.summary ?? "",
    source: post.text ?? "",
    html: post.text ? markdownToHtml(post.text, "own") : "",
    properties: post.properties ?? {},
    photos: (post.shots ?? []).map(photoOf),
    audio: post.audio ? [{ url: "/media/song.mp3", type: "audio/mpeg", bytes: 4_000_000, seconds: 420, title: post.audio }] : [],
    categories: categories.filter(({ name }) => post.categories?.includes(name)),
    publishedAt: moment,
    createdAt: moment,
    updatedAt: moment,
  };
}

function photoOf(shot: Shot): Photo {
  return { url: addressOf(shot), width: shot[2], height: shot[3], alt: shot[4] };
}
