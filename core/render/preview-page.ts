import type { Notice } from "./render.types.ts";
import { escape } from "./theme-engine/engine.ts";

/** The name of the query parameter of a blog's address that asks for a preview. */
export const previewParameter = "rk-preview";

/** A previewed page: what failed stands on top of it in detail, and its links to the blog's own pages stay in the preview. */
export function previewPage(page: string, about: { token: string; blogUrl: string; fallbacks: readonly Notice[] }): string {
  return withErrors(withToken(page, about.token, about.blogUrl), about.fallbacks);
}

function withErrors(page: string, fallbacks: readonly Notice[]): string {
  if (fallbacks.length === 0) return page;
  const lines = fallbacks.map(({ template, line, message }) => `<li>${escape(`${template}, line ${line}: ${message}`)}</li>`);
  const list = `<aside class="rk-preview-errors" role="alert"><ul>${lines.join("")}</ul></aside>`;
  const body = /<body\b[^>]*>/i.exec(page);
  const at = body ? body.index + body[0].length : 0;
  return page.slice(0, at) + list + page.slice(at);
}

function withToken(page: string, token: string, blogUrl: string): string {
  return page.replace(/(<a\b[^<>]*?\shref=")([^"<>]*)(")/gi, (whole, before: string, href: string, after: string) => {
    const isOwn = href.startsWith(blogUrl) || /^\/(?!\/)/.test(href);
    const path = href.startsWith(blogUrl) ? `/${href.slice(blogUrl.length)}` : href;
    if (!isOwn || /^\/(assets|media)\//.test(path)) return whole;
    const [address = "", fragment] = href.split("#");
    const mark = address.includes("?") ? "&amp;" : "?";
    return `${before}${address}${mark}${previewParameter}=${token}${fragment === undefined ? "" : `#${fragment}`}${after}`;
  });
}
