import type { Account, Category, Context, Post } from "rookery/plugin";
import { keywordsOf } from "./draft.ts";
import { dateIn } from "./wire/dates.ts";
import type { Answer } from "./wire/write-answer.ts";

/** A post as MetaWeblog knows it, with what Movable Type and WordPress added. `description` is what was written, word for word. */
export function metaWeblogPost({ blog, posts }: Context, post: Post): Answer {
  const url = posts.addressOf(post);
  const when = post.publishedAt ?? post.updatedAt;
  return {
    postid: String(post.number),
    dateCreated: dateIn(when, blog.timeZone),
    date_created_gmt: dateIn(when, "UTC"),
    date_modified_gmt: dateIn(post.updatedAt, "UTC"),
    title: post.title,
    description: post.source,
    link: url,
    permaLink: url,
    categories: namesOf(post),
    userid: post.authorId,
    post_status:
      post.status === "draft"
        ? "draft"
        : post.visibility === "private"
          ? "private"
          : post.status === "scheduled"
            ? "future"
            : "publish",
    mt_excerpt: post.summary,
    mt_text_more: "",
    mt_keywords: keywordsOf(post),
    wp_slug: post.slug,
  };
}

/** A post or page as Micro.blog's own methods know it. */
export function microblogPost({ blog, posts }: Context, post: Post, author: Pick<Account, "name" | "username">): Answer {
  const isPage = post.kind === "page";
  return {
    id: String(post.number),
    date_created: dateIn(post.publishedAt ?? post.updatedAt, blog.timeZone),
    date_modified: dateIn(post.updatedAt, blog.timeZone),
    permalink: posts.addressOf(post),
    title: post.title,
    description: post.source,
    categories: namesOf(post),
    post_status: post.status === "draft" ? "draft" : "published",
    author: { name: author.name, username: author.username },
    ...(isPage && { is_navigation: post.properties.inMenu !== false, is_template: false, is_redirect: false }),
  };
}

/** A category as MetaWeblog knows it. */
export function metaWeblogCategory({ blog }: Context, { name, slug, description }: Category, number: string): Answer {
  const url = `${blog.url}categories/${encodeURIComponent(slug)}`;
  return {
    categoryId: number,
    parentId: "0",
    categoryName: name,
    title: name,
    description: description || name,
    categoryDescription: description,
    htmlUrl: url,
    rssUrl: `${url}/feed.xml`,
  };
}

const namesOf = ({ categories }: Post): string[] => categories.map(({ name }) => name);
