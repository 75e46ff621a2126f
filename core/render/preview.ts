import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Blog, Post, Properties } from "../hooks/values.ts";
import { randomName } from "../ids.ts";
import { hashOf } from "../posts/permalink.ts";
import { upsert } from "../storage/rows.ts";
import { previewPage, previewParameter } from "./preview-page.ts";
import { renderPage } from "./render-page.ts";
import type { PagePreview, Rendered, RenderRequest } from "./render.types.ts";
import { previewPolicy } from "./style/policy.ts";
import type { Themes } from "./themes/themes.ts";

export { previewParameter } from "./preview-page.ts";

/** What is shown before it is true: a post nobody stored, another theme and settings of the blog, own templates nobody saved. */
export type PreviewData = {
  readonly post?: Post;
  readonly theme?: string;
  /** Laid over the blog's settings, name by name. */
  readonly settings?: Properties;
  readonly copies?: NonNullable<PagePreview["copies"]>;
};

const minutes = 15;

/**
 * Keeps something to look at for 15 minutes and gives its address on the blog's own host, where no theme reaches the dashboard.
 * `place` says what it is a preview of; the next one of the same account and place takes its place.
 */
export async function storePreview(scope: Scope, place: string, data: PreviewData): Promise<string> {
  const token = randomName() + randomName();
  const blog = blogOf(scope);
  const now = scope.clock.now();
  const row = {
    token_hash: hashOf(token),
    blog_id: blog.id,
    account_id: scope.principal.accountId ?? blog.ownerId,
    place_hash: hashOf(`${blog.id} ${scope.principal.accountId} ${place}`),
    data: JSON.stringify(data),
    expires_at: stamp(new Date(now.getTime() + minutes * 60_000)),
  };
  await scope.storage.write(async (db) => {
    await db.run("DELETE FROM previews WHERE expires_at < ?", [stamp(now)]);
    await upsert(db, "previews", row, ["place_hash"]);
  });
  return `${blog.url}?${previewParameter}=${token}`;
}

/** The page that a preview's address asks for: never kept, never indexed, framed by the dashboard only, without scripts. */
export async function renderPreview(scope: Scope, themes: Themes, request: RenderRequest): Promise<Rendered> {
  const headers = { "cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex" };
  const policy = { "content-security-policy": previewPolicy(scope.site.url) };
  const token = request.query.get(previewParameter) ?? "";
  const data = await previewData(scope, token);
  if (!data) {
    const text = "This preview is over. Look at it from the dashboard again.";
    return { status: 404, text, headers: { ...headers, ...policy }, isCacheable: false, fallbacks: [] };
  }
  const query = new URLSearchParams(request.query);
  query.delete(previewParameter);
  const preview = { token, ...(data.post && { post: data.post }), ...(data.copies && { copies: data.copies }) };
  const blog = dressedIn(data, blogOf(scope));
  const page = await renderPage({ ...scope, blog }, themes, { path: request.path, query, preview });
  const html =
    page.html === undefined ? {} : { html: previewPage(page.html, { token, blogUrl: blog.url, fallbacks: page.fallbacks }) };
  return { ...page, ...html, headers: { ...page.headers, ...headers, ...policy }, isCacheable: false, cache: false };
}

/** The blog as a preview shows it; null when there is no such preview (any more). */
export async function previewedBlog(scope: Scope, token: string): Promise<Blog | null> {
  const data = await previewData(scope, token);
  return data && dressedIn(data, blogOf(scope));
}

function dressedIn(data: PreviewData, blog: Blog): Blog {
  return { ...blog, theme: data.theme ?? blog.theme, settings: { ...blog.settings, ...data.settings } };
}

async function previewData(scope: Scope, token: string): Promise<PreviewData | null> {
  if (!/^[\w-]{20,200}$/.test(token)) return null;
  const sql = "SELECT data FROM previews WHERE token_hash = ? AND blog_id = ? AND expires_at > ?";
  const rows = await scope.storage.query(sql, [hashOf(token), blogOf(scope).id, stamp(scope.clock.now())]);
  return rows[0] ? (JSON.parse(String(rows[0].data)) as PreviewData) : null;
}
