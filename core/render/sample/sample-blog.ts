import type { Account, Blog, Interaction, Post, Properties } from "../../hooks/values.ts";
import { monthOf } from "../../posts/permalink.ts";
import type { BlogFacts } from "../facts.ts";
import { sampleCategories, samplePosts } from "./sample-posts.ts";

/** What a sample blog is like where it differs from the usual one. */
export type SampleWish = {
  readonly url?: string;
  readonly theme?: string;
  readonly language?: string;
  readonly settings?: Properties;
  /** Without any post: how a blog begins. */
  readonly isEmpty?: boolean;
};

/** A blog that nobody writes: every kind of post, and everything that is hard on a theme. */
export type SampleBlog = { readonly blog: Blog; readonly posts: readonly Post[]; readonly facts: BlogFacts };

const owner: Account = {
  id: "01SAMPLE0000000000000000KIM",
  username: "kim",
  name: "Kim Example",
  role: "member",
  language: "en",
  timeZone: "UTC",
  bio: "Walks, birds & small tools.",
  photo: "/media/portrait.jpg",
  photoAlt: "Kim in a green coat",
  links: [
    { label: "Code", url: "https://code.example/kim" },
    { label: "Photos", url: "https://photos.example/kim" },
  ],
};

/** The moment at which the sample blog is looked at. */
export const sampleNow = new Date("2026-05-20T12:00:00.000Z");

/** Makes the sample blog anew, so that no page can leave a trace in the next. */
export function sampleBlog(wish: SampleWish = {}): SampleBlog {
  const url = wish.url ?? "https://kim.example/";
  const blog: Blog = {
    id: "sample",
    host: new URL(url).host,
    url,
    title: "Kim’s notes & queries",
    description: "Notes from a **small** garden.",
    language: wish.language ?? "en",
    timeZone: "UTC",
    theme: wish.theme ?? "base",
    ownerId: owner.id,
    settings: wish.settings ?? {},
    createdAt: "2024-01-01T12:00:00.000Z",
  };
  const posts = wish.isEmpty ? [] : samplePosts({ blogId: blog.id, authorId: owner.id, url });
  return { blog, posts, facts: factsOf(posts, wish.isEmpty === true) };
}

function factsOf(posts: readonly Post[], isEmpty: boolean): BlogFacts {
  const months = Map.groupBy(posts, (post) => monthOf(new Date(post.publishedAt!), "UTC"));
  return {
    authors: new Map([[owner.id, owner]]),
    categories: isEmpty ? [] : sampleCategories,
    pages: isEmpty ? [] : [{ id: "about", title: "About", path: "/about", inMenu: true }],
    months: [...months].map(([month, of]) => ({ month, count: of.length })).toSorted((a, b) => b.month.localeCompare(a.month)),
    total: posts.length,
    overrides: [],
    pictures: new Map(),
  };
}

/** Sixty answers to a post, four steps deep, from people with and without a name, a photo, an address. */
export function sampleConversation(post: Post): Interaction[] {
  return Array.from({ length: 60 }, (_, at): Interaction => {
    const parent = at % 5 === 0 ? null : `answer-${at - 1}`;
    return {
      id: `answer-${at}`,
      number: 100 + at,
      blogId: post.blogId,
      postId: post.id,
      parentId: parent,
      kind: at % 15 === 10 ? "mention" : "reply",
      state: "visible",
      via: at % 2 === 0 ? "webmention" : "activitypub",
      author: {
        name: at % 7 === 3 ? "" : at % 2 === 0 ? "Lee <Example>" : "Ana Example",
        url: at % 2 === 0 ? "https://lee.example/" : "https://ana.example/",
        photo: at % 3 === 0 ? "https://lee.example/photo.jpg" : "",
      },
      accountId: null,
      properties: {},
      sourceUrl: `https://lee.example/answers/${at}`,
      html: at % 11 === 5 ? `<p>${"An answer of many words. ".repeat(40)}</p>` : "<p>That is <em>so</em> true.</p>",
      publishedAt: new Date(Date.UTC(2026, 4, 19, 10, at)).toISOString(),
      receivedAt: new Date(Date.UTC(2026, 4, 19, 10, at)).toISOString(),
    };
  });
}
