import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Reply } from "../hooks/values.ts";
import { lookOf } from "./look.ts";
import { previewedBlog, previewParameter } from "./preview.ts";
import type { Asset } from "./themes/theme.ts";
import type { Themes } from "./themes/themes.ts";

const forever = "public, max-age=31536000, immutable";
// A page that is a moment older than the file asks with the old hash: it gets what there is, but nobody keeps it long.
const shortly = "public, max-age=60";

/** A file under `/assets/`: a theme's, an active plugin's, or the sheet with the blog's own settings; null when there is none. */
export async function assetReply(
  scope: Scope,
  themes: Themes,
  path: string,
  query = new URLSearchParams(),
): Promise<Reply | null> {
  const sheet = /^\/assets\/(theme|custom)-([0-9a-f]{16})\.css$/.exec(path);
  if (sheet) return ownSheetReply(scope, themes, sheet, query.get(previewParameter));
  const plugin = /^\/assets\/plugins\/([a-z][a-z0-9-]{1,39})\/([0-9a-f]{12})\/([^?]{1,200})$/.exec(path);
  if (plugin) {
    const folder = themes.plugins.folder(scope, plugin[1]!);
    return folder === null ? null : reply(themes.pluginFolder(plugin[1]!, folder).asset(plugin[3]!), plugin[2]!);
  }
  const theme = /^\/assets\/([a-z][a-z0-9-]{1,39})\/([0-9a-f]{12})\/([^?]{1,200})$/.exec(path);
  return theme ? reply(themes.find(theme[1]!)?.asset(theme[3]!) ?? null, theme[2]!) : null;
}

async function ownSheetReply(
  scope: Scope,
  themes: Themes,
  [, which, hash]: readonly string[],
  token: string | null,
): Promise<Reply | null> {
  const blog = token === null ? blogOf(scope) : await previewedBlog(scope, token);
  if (!blog) return null;
  const answer = reply(ownSheet({ ...scope, blog }, themes, ["", which!, hash!]), hash!);
  return token === null || !answer ? answer : { ...answer, headers: { ...answer.headers, "cache-control": "no-store" } };
}

// A hash that is not known any more gets what there is now.
function ownSheet(scope: Scope, themes: Themes, [, which, hash]: readonly string[]): Asset {
  const blog = blogOf(scope);
  const { custom, sheets } = lookOf(blog, themes.chain(blog.theme));
  if (which === "custom") return custom;
  return Object.values(sheets).find((sheet) => sheet.hash === hash) ?? sheets.auto;
}

function reply(asset: Asset | null, hash: string): Reply | null {
  if (!asset) return null;
  const headers = {
    "content-type": asset.type,
    "cache-control": asset.hash === hash ? forever : shortly,
    etag: `"${asset.hash}"`,
    // An SVG opened by itself is a page of the blog's origin: nothing in it may run.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "cross-origin-resource-policy": "same-origin",
  };
  return { status: 200, bytes: asset.bytes, headers };
}
