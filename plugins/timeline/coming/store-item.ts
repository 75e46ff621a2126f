import { plainName, ulid } from "rookery/plugin";
import type { ItemAuthor } from "../api.ts";
import { perHour, perHourHere } from "../bounds.ts";
import { hashOf, marks } from "../ids.ts";
import { shownOf, type Shown } from "../shown.ts";
import { webAddress } from "../web-address.ts";
import { stateOf } from "./kept.ts";
import type { Own } from "../settings.ts";

/** An item about to be stored, from whichever road. `key` is unique over everything. */
export type Incoming = {
  readonly key: string;
  /** Id and number where the core gave them. */
  readonly id?: string;
  readonly number?: number;
  readonly kind: "post" | "reply" | "mention";
  readonly blogId: string;
  readonly sourceId: string;
  /** Whose of this installation it is; empty for outsiders. */
  readonly accountId: string;
  readonly placeId: string;
  readonly author?: Omit<ItemAuthor, "sourceId">;
  readonly url: string;
  readonly title: string;
  readonly html: string;
  readonly photos: readonly { readonly url: string; readonly alt: string }[];
  readonly language: string;
  readonly publishedAt: string;
  readonly replyTo: string;
  readonly replySourceId: string;
  readonly state: "shown" | "held";
  /** Whether it belongs into timelines. */
  readonly isNew: boolean;
};

// Letters of an item that are kept to be searched for muted words.
const mostWords = 5_000;

export type Stored = {
  readonly number: number;
  /** New in timelines and lists: there is something to tell. */
  readonly isNew: boolean;
  readonly text: string;
};

/** Stores an item, or changes the one with the same key. What is new and for timelines is handed to the fan-out. */
export async function storeItem(context: Own, item: Incoming): Promise<Stored> {
  const { tables } = context;
  const keyHash = hashOf(item.key);
  const before = await find(context, keyHash);
  const { shown, ...said } = valuesOf(item);
  const isSame = before !== null && saysTheSame(before, said, shown.text);
  const state = await stateOf(
    context,
    { ...item, html: judgedHtml(item, shown) },
    before ? { state: before.state, isSame } : undefined,
  );
  const [values, text] = [{ ...said, state }, shown.text.slice(0, 20_000).toWellFormed()];
  if (before) {
    const names = Object.keys(values);
    await tables.run(`UPDATE p_timeline_items SET ${names.map((name) => `${name} = ?`).join(", ")} WHERE number = ?`, [
      ...Object.values(values),
      before.number,
    ]);
    // What answers it still does, wherever it stands now.
    if (before.url_hash !== values.url_hash)
      await tables.run("UPDATE p_timeline_items SET reply_hash = ?, reply_to = ? WHERE reply_hash = ?", [
        values.url_hash,
        values.url,
        before.url_hash,
      ]);
    const isLate = item.isNew && item.id !== undefined && before.spread === "old";
    // The look at older posts was faster than the news of it.
    const spread = isLate ? await spreadOf(context, item, context.clock.now().toISOString()) : before.spread;
    if (isLate) await tables.run("UPDATE p_timeline_items SET spread = ? WHERE number = ?", [spread, before.number]);
    // Also when a crash came between storing and handing over, or it was held until now.
    if (spread === "waiting" && state !== "held") await handOver(context, before.number);
    const isNew = isLate || (before.state === "kept" && before.spread === "waiting");
    return { number: before.number, isNew: isNew && state === "shown", text };
  }
  const now = context.clock.now().toISOString();
  const id = item.id ?? ulid(context.clock.now().getTime());
  const number = item.number ?? (await context.numbers.of([id])).get(id)!;
  const spread = item.isNew ? await spreadOf(context, item, now) : "old";
  try {
    await insertRows(context, [rowOf(item, { number, id, keyHash, now, spread, values })]);
  } catch (error) {
    const other = await find(context, keyHash);
    if (!other) throw error;
    return { number: other.number, isNew: false, text };
  }
  if (spread === "waiting" && state !== "held") await handOver(context, number);
  return { number, isNew: state === "shown", text };
}

/** Stores items that belong into no timeline, of which many come at once, in few statements; those that are there already are left out. */
export async function storeOld(context: Own, items: readonly Incoming[]): Promise<ReadonlyMap<Incoming, Stored>> {
  const now = context.clock.now().toISOString();
  const hashes = items.map(({ key }) => hashOf(key));
  const sql = `SELECT key_hash FROM p_timeline_items WHERE key_hash IN (${marks(items.length)})`;
  const known = new Set((await context.tables.query<{ key_hash: string }>(sql, hashes)).map(({ key_hash: hash }) => hash));
  const fresh = items.filter((_, place) => !known.has(hashes[place]!));
  const ids = fresh.map(() => ulid(context.clock.now().getTime()));
  const numbers = await context.numbers.of(ids);
  const stored = new Map<Incoming, Stored>();
  const rows = [];
  for (const [place, item] of fresh.entries()) {
    const { shown, ...said } = valuesOf(item);
    const state = await stateOf(context, { ...item, html: judgedHtml(item, shown) }, undefined);
    const number = numbers.get(ids[place]!)!;
    rows.push(
      rowOf(item, { number, id: ids[place]!, keyHash: hashOf(item.key), now, spread: "old", values: { ...said, state } }),
    );
    stored.set(item, { number, isNew: state === "shown", text: "" });
  }
  for (let at = 0; at < rows.length; at += 25) await insertRows(context, rows.slice(at, at + 25));
  return stored;
}

type Given = {
  readonly number: number;
  readonly id: string;
  readonly keyHash: string;
  readonly now: string;
  readonly spread: string;
  readonly values: Readonly<Record<string, string | number>>;
};

const rowOf = (item: Incoming, { number, id, keyHash, now, spread, values }: Given) => ({
  number,
  id,
  blog_id: item.blogId,
  source_id: item.sourceId,
  place_id: item.placeId,
  kind: item.kind,
  key_hash: keyHash,
  at: momentOf(item.publishedAt, now),
  received_at: now,
  spread,
  ...values,
});

async function insertRows({ tables }: Own, rows: readonly ReturnType<typeof rowOf>[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {});
  const each = `(${marks(names.length)})`;
  await tables.run(
    `INSERT INTO p_timeline_items (${names.join(", ")}) VALUES ${rows.map(() => each).join(", ")}`,
    rows.flatMap((row) => Object.values(row)),
  );
}

/** The fan-out of an item, by a job. */
export async function handOver(context: Own, number: number): Promise<void> {
  await context.enqueue("fan-out", { number }, { key: `fan-out ${number}` });
}

/** When something was said: what lies in the future, or is no time, counts as now. */
export function momentOf(said: string, now: string): string {
  const time = Date.parse(said);
  if (Number.isNaN(time) || time < 0) return now;
  const moment = new Date(time).toISOString();
  return moment > now || moment.length !== 24 ? now : moment;
}

/** An address without its fragment: what replies are found by. */
export const pageOf = (url: string): string => url.replace(/#.*$/s, "");

function valuesOf(item: Incoming) {
  const shown = shownOf(item);
  const photos = item.photos.filter(({ url }) => /^https?:\/\//.test(url) && url.length <= 2_048).slice(0, 40);
  const drawn = photos.length > 0 || /<img\b/.test(shown.html);
  const text = shown.text.slice(0, mostWords).toWellFormed();
  return {
    shown,
    url: webAddress(item.url),
    url_hash: hashOf(pageOf(item.url)),
    title: shown.title,
    html: shown.html.toWellFormed(),
    // On a blog here, or on a site of their own elsewhere that is proven to be theirs.
    is_local: item.kind === "post" && (item.blogId !== "" || item.accountId !== "") ? 1 : 0,
    words: `${shown.title} ${text}`.toLowerCase().normalize("NFKC").slice(0, 5_000).toWellFormed(),
    is_link: shown.isLink ? 1 : 0,
    author: item.author ? JSON.stringify(cleanAuthor(item.author)) : "",
    photos: JSON.stringify(photos.map(({ url, alt }) => ({ url, alt: alt.slice(0, 1_500).toWellFormed() }))),
    has_photo: drawn ? 1 : /<video\b/.test(shown.html) ? 2 : 0,
    language: /^[A-Za-z0-9-]{1,35}$/.test(item.language) ? item.language : "",
    reply_to: webAddress(item.replyTo),
    reply_hash: webAddress(item.replyTo) === "" ? "" : hashOf(pageOf(item.replyTo)),
    reply_source: item.replySourceId,
  };
}

const cleanAuthor = ({ name, url, avatar, handle }: Omit<ItemAuthor, "sourceId">) => ({
  name: plainName(name),
  url: webAddress(url),
  avatar: webAddress(avatar),
  handle: handle.slice(0, 200).toWellFormed(),
});

// Whoever floods is not lost, but does not fill others' timelines: the rest of the hour stands on the profile.
async function spreadOf({ tables }: Own, { sourceId, accountId }: Incoming, now: string): Promise<"waiting" | "quiet"> {
  const hour = now.slice(0, 13);
  await tables.run(
    "UPDATE p_timeline_sources SET window_count = CASE WHEN window_hour = ? THEN window_count + 1 ELSE 1 END, window_hour = ?, last_at = ? WHERE id = ?",
    [hour, hour, now, sourceId],
  );
  const [row] = await tables.query<{ window_count: number }>("SELECT window_count FROM p_timeline_sources WHERE id = ?", [
    sourceId,
  ]);
  return (row?.window_count ?? 0) > (accountId === "" ? perHour : perHourHere) ? "quiet" : "waiting";
}

type Found = { readonly number: number } & Readonly<
  Record<"spread" | "state" | "url_hash" | "title" | "html" | "words" | "photos", string>
>;

async function find({ tables }: Own, keyHash: string): Promise<Found | null> {
  const sql = "SELECT number, spread, state, url_hash, title, html, words, photos FROM p_timeline_items WHERE key_hash = ?";
  return (await tables.query<Found>(sql, [keyHash]))[0] ?? null;
}

// Of long texts not all is stored: they may differ where nobody can tell.
const saysTheSame = (before: Found, now: Omit<ReturnType<typeof valuesOf>, "shown">, text: string): boolean =>
  text.length < mostWords && (["title", "html", "words", "photos"] as const).every((name) => before[name] === now[name]);

// Guards look at all that people here say; what comes from elsewhere is judged by where it comes from.
const judgedHtml = ({ accountId }: Incoming, { html, whole }: Shown): string =>
  accountId === "" ? html : whole.slice(0, 200_000).toWellFormed();
