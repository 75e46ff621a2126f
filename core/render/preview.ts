import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Post, Properties } from "../hooks/values.ts";
import { randomName } from "../ids.ts";
import { hashOf } from "../posts/permalink.ts";
import { upsert } from "../storage/rows.ts";
import { renderPage } from "./render-page.ts";
import type { Rendered, RenderRequest } from "./render.types.ts";
import { previewPolicy } from "./style/policy.ts";
import type { Themes } from "./themes/themes.ts";

/** The query parameter of a blog's address that asks for a preview. */
export const previewParameter = "rk-preview";

/** What is shown before it is true: a post nobody stored, or another theme and settings of the blog. */
export type PreviewData = {
  readonly post?: Post;
  readonly theme?: string;
  /** Laid over the blog's settings, name by name. */
  readonly settings?: Properties;
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
  const data = await previewData(scope, request.query.get(previewParameter) ?? "");
  if (!data) {
    const text = "This preview is over. Look at it from the dashboard again.";
    return { status: 404, text, headers: { ...headers, ...policy }, isCacheable: false, fallbacks: [] };
  }
  const blog = blogOf(scope);
  const dressed = { ...blog, theme: data.theme ?? blog.theme, settings: { ...blog.settings, ...data.settings } };
  const query = new URLSearchParams(request.query);
  query.delete(previewParameter);
  const preview = data.post ? { post: data.post } : {};
  const page = await renderPage({ ...scope, blog: dressed }, themes, { path: request.path, query, preview });
  return { ...page, headers: { ...page.headers, ...headers, ...policy }, isCacheable: false, cache: false };
}

async function previewData(scope: Scope, token: string): Promise<PreviewData | null> {
  if (!/^[\w-]{20,200}$/.test(token)) return null;
  const sql = "SELECT data FROM previews WHERE token_hash = ? AND blog_id = ? AND expires_at > ?";
  const rows = await scope.storage.query(sql, [hashOf(token), blogOf(scope).id, stamp(scope.clock.now())]);
  return rows[0] ? (JSON.parse(String(rows[0].data)) as PreviewData) : null;
}
