import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Post } from "../hooks/values.ts";
import { variantSizes } from "../media/make-variants.ts";
import { variantName, variantsOf } from "../media/media-row.ts";
import { marks } from "../storage/rows.ts";
import type { Row } from "../storage/storage.ts";
import type { ImageObject } from "./objects/images.ts";

/** What is known of a picture of the blog's own library. */
export type KnownPicture = Pick<ImageObject, "src" | "mime" | "sizes" | "alt" | "caption" | "decorative"> & {
  readonly width: number | null;
  readonly height: number | null;
};

const most = 500;

/** The sizes that pictures on a page exist in, read with one query; a page without photos asks nothing. */
export class PictureSizes {
  readonly #known = new Map<string, KnownPicture>();
  readonly #asked = new Set<string>();
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Reads what is not known yet of the posts' photos. */
  async load(posts: readonly Post[]): Promise<void> {
    const blog = blogOf(this.#scope);
    const base = `${blog.url}media/`;
    const names = new Set<string>();
    for (const { photos } of posts)
      for (const { url } of photos)
        if (typeof url === "string" && url.startsWith(base) && !this.#asked.has(url)) names.add(url.slice(base.length));
    if (names.size === 0) return;
    const wanted = [...names].slice(0, most);
    for (const name of wanted) this.#asked.add(base + name);
    for (const [url, known] of await knownPictures(this.#scope, wanted)) this.#known.set(url, known);
  }

  /** What is known of the picture at an address; undefined for pictures of other places. */
  of(url: string): KnownPicture | undefined {
    return this.#known.get(url);
  }
}

/** What is known of files of the blog's library by name, under their addresses. */
export async function knownPictures(scope: Scope, names: readonly string[]): Promise<ReadonlyMap<string, KnownPicture>> {
  const blog = blogOf(scope);
  if (names.length === 0) return new Map();
  const base = `${blog.url}media/`;
  const columns = "name, type, width, height, revision, variants, alt, caption, is_decorative";
  const sql = `SELECT ${columns} FROM media WHERE name IN (${marks(names.length)}) AND blog_id = ?`;
  const rows = await scope.storage.query(sql, [...names, blog.id]);
  return new Map(rows.map((row) => [base + String(row.name), knownFrom(row, base)]));
}

// The formats in the order in which a browser is to try them come last to first: themes that want one address get a JPEG.
const rank = ["image/jpeg", "image/png", "image/webp", "image/avif"];

function knownFrom(row: Row, base: string): KnownPicture {
  const [address, revision] = [String(row.name), Number(row.revision)];
  const sizes = (variantsOf(row) ?? [])
    .toSorted((a, b) => rank.indexOf(a.type) - rank.indexOf(b.type) || a.width - b.width)
    .map(({ width, height, type, ...rest }) => ({
      name: nameOf(width),
      src: base + variantName(address, revision, { ...rest, width, type }),
      width,
      height,
      mime: type,
    }));
  // With its revision in the address, so that caches may keep it and a replaced file is seen at once.
  const src = `${base}${address}?v=${revision}`;
  const [alt, caption, decorative] = [String(row.alt), String(row.caption ?? ""), row.is_decorative === 1];
  const measures = { width: row.width as number | null, height: row.height as number | null };
  return { src, mime: String(row.type), sizes, alt, caption, decorative, ...measures };
}

function nameOf(width: number): string {
  return Object.entries(variantSizes).find(([, most]) => width <= most)?.[0] ?? "large";
}
