import type { Account, Context } from "rookery/plugin";
import { largestPage, usualPage } from "../bounds.ts";
import { hideChanged } from "../picking/hide-changed.ts";
import { pickColumns, pickFrom, type Pick, type PickRow } from "../picking/picks.ts";
import { Looker, type Placed } from "./looker.ts";

/** A pick that everybody may see, with its post. */
export type Shown = Placed & { readonly pick: Pick; readonly author: Account };
/** A part of a shelf, the latest first; `next` is the number its rest is before, null at the end. */
export type Shelf = { readonly shown: readonly Shown[]; readonly next: number | null };
/** `topicId` is empty for all of Discover, `language` for all languages. */
export type ShelfPlace = {
  readonly topicId?: string;
  readonly language?: string;
  readonly before?: number;
  readonly since?: number;
  readonly limit?: number;
};

// A shelf of posts that are all gone does not make the server read a year.
const mostRounds = 8;
const largest = 2_147_483_647;

/** Reads a shelf. What was deleted, hidden or changed a moment ago is not in it, whatever the lists say. */
export async function readShelf(context: Context, place: ShelfPlace, looker = new Looker(context)): Promise<Shelf> {
  const limit = Math.min(Math.max(Math.floor(place.limit ?? usualPage) || 0, 0), largestPage);
  if (limit === 0) return { shown: [], next: null };
  let before = bound(place.before, largest);
  const since = bound(place.since, 0);
  const shown: Shown[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const picks = await filedPicks(context, { ...place, before, since }, limit + 1);
    for (const pick of picks) {
      const found = await looker.behind(pick);
      // Nobody was told of the edit (an import run again): curators find it from now on.
      if (found === "changed") await hideChanged(context, pick);
      const author = typeof found === "string" ? null : await looker.author(pick.authorId);
      if (typeof found === "string" || !author) continue;
      if (shown.length === limit) return { shown, next: shown.at(-1)!.pick.number };
      shown.push({ pick, author, ...found });
    }
    if (picks.length <= limit) return { shown, next: null };
    before = picks.at(-1)!.number;
  }
  return { shown, next: before };
}

/** The languages that something was picked in. */
export async function languagesIn({ tables }: Context, topicId = ""): Promise<readonly string[]> {
  const found: string[] = [];
  for (let after = ""; found.length < 30;) {
    const [row] = await tables.query<{ language: string }>(
      "SELECT language FROM p_discover_filed WHERE topic_id = ? AND language > ? ORDER BY language LIMIT 1",
      [topicId, after],
    );
    if (!row) break;
    found.push((after = row.language));
  }
  return found;
}

async function filedPicks(
  { tables }: Context,
  place: ShelfPlace & { readonly before: number; readonly since: number },
  limit: number,
): Promise<readonly Pick[]> {
  const { topicId = "", language = "", before, since } = place;
  const rows = await tables.query<PickRow>(
    `SELECT ${pickColumns} FROM p_discover_filed f JOIN p_discover_picks p ON p.id = f.pick_id
     WHERE f.topic_id = ?${language === "" ? "" : " AND f.language = ?"} AND f.number < ? AND f.number > ? AND p.state = 'shown'
     ORDER BY f.number DESC LIMIT ?`,
    [topicId, ...(language === "" ? [] : [language]), before, since, limit],
  );
  return rows.map(pickFrom);
}

const bound = (number: number | undefined, otherwise: number): number =>
  number === undefined ? otherwise : Number.isInteger(number) && number >= 0 && number <= largest ? number : 0;
