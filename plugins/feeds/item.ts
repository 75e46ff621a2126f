import { plainText, type Blog, type Photo, type Post } from "rookery/plugin";
import { withAbsoluteAddresses } from "./addresses.ts";
import type { FeedItem } from "./feed.ts";

const summaryLength = 280;

/** A published post as a feed's item: absolute addresses, its photos inside the text, no title when it has none. */
export function itemOf(post: Post, blog: Blog): FeedItem {
  const html = withAbsoluteAddresses(post.html + photosOf(post), post.url);
  return {
    post,
    id: post.url,
    url: post.url,
    title: post.title,
    summary: post.summary || excerpt(post.html),
    html,
    language: post.language || blog.language,
    publishedAt: post.publishedAt ?? post.createdAt,
    updatedAt: later(post.updatedAt, post.publishedAt),
    categories: post.categories.map((category) => category.name),
    enclosures: post.audio.map((audio) => ({ ...audio, url: URL.parse(audio.url, blog.url)?.href ?? audio.url })),
    extensions: [],
    json: {},
  };
}

/** The first words of a text, cut between words. */
export function excerpt(html: string): string {
  const text = plainText(html);
  if (text.length <= summaryLength) return text;
  const cut = text.slice(0, summaryLength);
  const space = cut.lastIndexOf(" ");
  return `${(space > summaryLength / 2 ? cut.slice(0, space) : cut).replace(/[\ud800-\udbff]$/, "")}…`;
}

// Themes draw a post's photos beside its text; a feed has only the text.
function photosOf(post: Post): string {
  return post.photos
    .filter((photo) => !post.html.includes(escapeAttribute(photo.url)))
    .map((photo) => `<p>${picture(photo)}</p>`)
    .join("");
}

function picture({ url, alt, width, height }: Photo): string {
  const size = width && height ? ` width="${Number(width)}" height="${Number(height)}"` : "";
  return `<img src="${escapeAttribute(url)}" alt="${escapeAttribute(alt ?? "")}"${size}>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

// An imported post may say it was changed before it was published; feed readers take the later moment.
function later(updatedAt: string, publishedAt: string | null): string {
  return publishedAt !== null && publishedAt > updatedAt ? publishedAt : updatedAt;
}
