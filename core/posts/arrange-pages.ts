import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Properties } from "../hooks/values.ts";
import { marks, update } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { isReserved } from "./store.ts";
import { hashOf, slugify } from "./permalink.ts";

/** How a page is to stand: its place in the order, the template that draws it ("" is the theme's own), and whether menus that make themselves show it. */
export type PagePlace = { readonly id: string; readonly template: string; readonly inMenu: boolean };

/**
 * Puts published pages into this order. That is how they are shown, not what they say: no revision, no news for others, and
 * the version stays, so that nobody who is writing there is told of a conflict. Gives how many changed.
 */
export async function arrangePages(scope: Scope, db: Transaction, places: readonly PagePlace[]): Promise<number> {
  if (places.length === 0) return 0;
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const sql = `SELECT id, properties FROM posts WHERE blog_id = ? AND kind = 'page' AND id IN (${marks(places.length)})${lock}`;
  const rows = await db.query(sql, [blogOf(scope).id, ...places.map(({ id }) => id)]);
  const stored = new Map(rows.map((row) => [String(row.id), String(row.properties)]));
  let changed = 0;
  for (const [at, place] of places.entries()) {
    const before = stored.get(place.id);
    if (before === undefined) continue;
    const properties = JSON.stringify(placed(JSON.parse(before) as Properties, at + 1, place));
    if (properties === before) continue;
    await update(db, "posts", { properties }, { id: place.id });
    changed++;
  }
  if (changed > 0) await scope.touch(db, blogOf(scope).id);
  return changed;
}

/** The slug nearest to the wanted one at which a page of the blog can stand; the same when it is free, "" for no slug at all. */
export async function freePageSlug(scope: Scope, wanted: string, pageId: string): Promise<string> {
  const slug = slugify(wanted);
  if (slug === "") return "";
  const candidates = [slug, ...Array.from({ length: 30 }, (_, at) => `${slug}-${at + 2}`)];
  const sql = `SELECT path FROM posts WHERE blog_id = ? AND id <> ? AND path_hash IN (${marks(candidates.length)})`;
  const rows = await scope.storage.query(sql, [blogOf(scope).id, pageId, ...candidates.map((one) => hashOf(`/${one}`))]);
  const taken = new Set(rows.map((row) => String(row.path)));
  return candidates.find((one) => !taken.has(`/${one}`) && !isReserved(`/${one}`)) ?? "";
}

function placed(properties: Properties, order: number, { template, inMenu }: PagePlace): Properties {
  const { template: _template, inMenu: _inMenu, order: _order, ...rest } = properties;
  return { ...rest, order, ...(template !== "" && { template }), ...(!inMenu && { inMenu: false }) };
}
