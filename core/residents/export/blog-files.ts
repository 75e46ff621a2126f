import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Post, Properties } from "../../hooks/values.ts";
import { storedName } from "../../media/media-row.ts";
import type { MediaStore } from "../../media/store.ts";
import type { ZipFile } from "../../net/zip-file.ts";
import { postsByIds } from "../../posts/read.ts";
import { pages } from "./blog-rows.ts";
import { jsonList } from "./json-list.ts";
import { postFile, postFileName } from "./post-file.ts";

/** Where a blog's files go, and which. */
export type BlogFiles = {
  readonly zip: ZipFile;
  readonly media: Pick<MediaStore, "read">;
  /** Folder in the archive, ending in a slash; empty for its top. */
  readonly folder: string;
  /** Only what this person made there; null for everything. */
  readonly authorId: string | null;
  readonly signal: AbortSignal;
  readonly onPost?: () => void;
};

/** Writes the scope's blog into an archive: posts as Markdown and as JSON, media, replies, settings. Page by page. */
export async function writeBlog(scope: Scope, files: BlogFiles): Promise<void> {
  const { zip, folder, authorId } = files;
  for await (const post of postsOf(scope, files)) {
    await zip.add(folder + postFileName(post), postFile(post));
    files.onPost?.();
  }
  await zip.addStream(`${folder}posts.json`, jsonList(postsOf(scope, files)));
  await zip.addStream(`${folder}media.json`, jsonList(toldMedia(scope, files)));
  for await (const { stored, file } of mediaOf(scope, files)) {
    const bytes = await files.media.read(stored);
    // A row without its file is told by media.json; the rest of the archive is worth having all the same.
    if (bytes) await zip.addStream(folder + file, bytes, true);
  }
  if (authorId !== null) return;
  await zip.add(`${folder}blog.json`, pretty(await aboutBlog(scope)));
  await zip.addStream(`${folder}interactions.json`, jsonList(interactionsOf(scope, files)));
}

async function* postsOf(scope: Scope, { authorId, signal }: BlogFiles): AsyncIterable<Post> {
  for await (const rows of pages(scope, signal, { table: "posts", columns: "id", keys: ["path_hash"], authorId })) {
    const posts = await postsByIds(
      scope,
      rows.map((row) => String(row.id)),
    );
    yield* posts;
  }
}

async function* toldMedia(scope: Scope, files: BlogFiles) {
  for await (const { stored: _where, ...told } of mediaOf(scope, files)) yield told;
}

async function* mediaOf(scope: Scope, { authorId, signal }: BlogFiles) {
  const columns =
    "id, name, type, bytes, width, height, alt, original_name, account_id, created_at, caption, is_decorative, revision";
  for await (const rows of pages(scope, signal, { table: "media", columns, keys: ["created_at", "id"], authorId }))
    for (const row of rows)
      yield {
        // Under its address, wherever the bytes of a file that was replaced lie.
        stored: storedName(String(row.name), Number(row.revision)),
        file: `media/${String(row.name)}`,
        url: `${blogOf(scope).url}media/${String(row.name)}`,
        type: row.type,
        bytes: row.bytes,
        width: row.width,
        height: row.height,
        alt: row.alt,
        isDecorative: row.is_decorative === 1,
        caption: row.caption ?? "",
        originalName: row.original_name,
        createdAt: row.created_at,
      };
}

async function* interactionsOf(scope: Scope, { signal }: BlogFiles) {
  const columns =
    "id, post_id, parent_id, kind, state, via, author_name, author_url, source_url, html, published_at, received_at, source_hash";
  for await (const rows of pages(scope, signal, { table: "interactions", columns, keys: ["source_hash"], authorId: null }))
    // Of what was deleted here only a mark is left.
    for (const { source_hash: _key, ...row } of rows) if (row.state !== "deleted") yield row;
}

async function aboutBlog(scope: Scope): Promise<Properties> {
  const { storage } = scope;
  const { id, host, url, title, description, language, timeZone, theme, settings, createdAt } = blogOf(scope);
  const hosts = await storage.query("SELECT host, state, is_main FROM blog_hosts WHERE blog_id = ? ORDER BY host", [id]);
  const people = await storage.query(
    "SELECT a.username, m.role FROM memberships m JOIN accounts a ON a.id = m.account_id WHERE m.blog_id = ? ORDER BY m.created_at",
    [id],
  );
  const categories = await storage.query("SELECT name, slug, description FROM categories WHERE blog_id = ? ORDER BY name", [id]);
  const redirects = await storage.query("SELECT path, target FROM redirects WHERE blog_id = ? ORDER BY path LIMIT 100000", [id]);
  const sql = "SELECT plugin_id, name, value FROM plugin_settings WHERE scope = 'blog' AND scope_id = ? ORDER BY plugin_id, name";
  // What stands for a secret is only the place where it lies sealed; a connection is nothing without its tokens.
  const isSecret = (value: string) => /^(?:"|\[?\{"account":.*"sealed":")plugin\//.test(value);
  const plugins = (await storage.query(sql, [id]))
    .map((row) => ({ plugin: String(row.plugin_id), name: String(row.name), value: String(row.value) }))
    .filter(({ value }) => !isSecret(value));
  const overrides = await storage.query("SELECT theme, template, source FROM theme_overrides WHERE blog_id = ?", [id]);
  const facts = { host, url, title, description, language, timeZone, theme, settings, createdAt };
  return { ...facts, hosts, people, categories, redirects, plugins, overrides } as unknown as Properties;
}

/** JSON for people's eyes. */
export const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
