import { xmlText, type Context, type Post, type Reply } from "rookery/plugin";
import { fileOf, partOf, partsOf, partSize, type Part } from "./parts.ts";
import type { settings } from "./settings.ts";

type SitemapContext = Context<typeof settings>;
type Address = { readonly url: string; readonly changedAt?: string };

const namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
const pagesFile = "pages.xml";
const pageSize = 100; // what one list gives at most

/** The index: which files there are. It reads counts only, however large the blog is. */
export async function indexReply({ blog, posts }: SitemapContext): Promise<Reply> {
  if (isHidden(blog)) return hidden;
  const files = [pagesFile, ...partsOf(await posts.months()).map(fileOf)];
  const entries = files.map((file) => `<sitemap><loc>${xmlText(`${blog.url}sitemaps/${file}`)}</loc></sitemap>`);
  return xmlReply("sitemapindex", entries);
}

/** One file of the index; 404 for a name that cannot be one. */
export async function partReply(context: SitemapContext, file: string): Promise<Reply> {
  if (isHidden(context.blog)) return hidden;
  if (file === pagesFile) return xmlReply("urlset", (await standingPages(context)).map(entryOf));
  const part = partOf(file);
  if (!part) return { status: 404, text: "The sitemap has no such part." };
  return xmlReply("urlset", await entriesOf(context, part));
}

// Its owner keeps the blog from search engines.
const isHidden = (blog: SitemapContext["blog"]): boolean => blog.settings?.hideFromSearch === true;
const hidden: Reply = { status: 404, text: "This blog has no sitemap." };

async function standingPages({ blog, posts, settings }: SitemapContext): Promise<Address[]> {
  const pages = settings.pages ? (await posts.list({ pages: true })).filter((page) => page.visibility === "public") : [];
  const categories = settings.categories ? await posts.categories() : [];
  return [
    { url: blog.url },
    ...pages.map(addressOf),
    ...categories.map(({ slug }) => ({ url: `${blog.url}categories/${encodeURIComponent(slug)}` })),
  ];
}

// Only the lines are kept while the posts go by, so memory stays flat.
async function entriesOf({ posts, settings }: SitemapContext, part: Part): Promise<string[]> {
  const entries: string[] = [];
  const skipped = (part.number - 1) * partSize;
  let seen = 0;
  let after: string | undefined;
  while (seen < skipped + partSize) {
    const list = await posts.list({ month: part.period, limit: pageSize, ...(after && { after }) });
    const wanted = seen < skipped ? [] : list.filter((post) => settings.notes || post.kind !== "note");
    for (const post of wanted) entries.push(entryOf(addressOf(post)));
    seen += list.length;
    after = list.at(-1)?.id;
    if (list.length < pageSize) break;
  }
  return entries;
}

const addressOf = (post: Post): Address => ({ url: post.url, changedAt: post.updatedAt });

function entryOf({ url, changedAt }: Address): string {
  const changed = changedAt ? `<lastmod>${xmlText(changedAt)}</lastmod>` : "";
  return `<url><loc>${xmlText(url)}</loc>${changed}</url>`;
}

function xmlReply(root: string, entries: readonly string[]): Reply {
  const head = `<?xml version="1.0" encoding="utf-8"?>\n<${root} xmlns="${namespace}">`;
  return {
    status: 200,
    text: `${[head, ...entries, `</${root}>`].join("\n")}\n`,
    headers: { "content-type": "application/xml; charset=utf-8" },
    cache: true,
  };
}
