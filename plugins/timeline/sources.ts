import { isUlid, plainName, ulid, type Account, type Blog } from "rookery/plugin";
import type { Followable, Source } from "./api.ts";
import { hashOf, marks } from "./ids.ts";
import type { Own } from "./settings.ts";
import { webAddress } from "./web-address.ts";

/** A source as it is stored; away while its person or blog is deleted. */
export type StoredSource = Source & { readonly isAway: boolean };
type Row = Record<string, string | number>;
type Place = Pick<Own, "tables" | "clock">;

const columns = "id, kind, plugin, key_text, title, url, avatar, handle, language, state";
const own = "timeline";

/** Sources by their ids; unknown ones are left out. */
export async function sourcesById({ tables }: Pick<Own, "tables">, ids: Iterable<string>): Promise<Map<string, StoredSource>> {
  const wanted = [...new Set(ids)].filter(isUlid);
  const found = new Map<string, StoredSource>();
  for (let at = 0; at < wanted.length; at += 500) {
    const some = wanted.slice(at, at + 500);
    const sql = `SELECT ${columns} FROM p_timeline_sources WHERE id IN (${marks(some.length)})`;
    for (const row of await tables.query<Row>(sql, some)) found.set(String(row.id), sourceFrom(row));
  }
  return found;
}

/** One source by its id; null for none. */
export async function sourceById(context: Pick<Own, "tables">, id: string): Promise<StoredSource | null> {
  return (await sourcesById(context, [id])).get(id) ?? null;
}

/** The source with a handle, as people type it; null for none. People here come before others. */
export async function sourceByHandle({ tables }: Pick<Own, "tables">, handle: string): Promise<StoredSource | null> {
  const sql = `SELECT ${columns} FROM p_timeline_sources WHERE handle = ? ORDER BY kind DESC, id LIMIT 20`;
  const found = (await tables.query<Row>(sql, [handleOf(handle)])).map(sourceFrom).filter((one) => !one.isAway);
  return found.find(({ kind }) => kind === "person") ?? found[0] ?? null;
}

/** A handle in the one way it is stored: without a leading @, in small letters. */
export const handleOf = (typed: string): string => typed.trim().replace(/^@/, "").toLowerCase().slice(0, 200).toWellFormed();

/** Somebody of this installation as a source. With a blog of theirs that is their address in the web. */
export function personSource(context: Own, account: Account, blog?: Blog): Promise<StoredSource> {
  const home = `${context.site.url.replace(/\/$/, "")}/people/${account.username}`;
  const isTheirs = blog?.ownerId === account.id;
  return keep(context, own, {
    id: account.id,
    kind: "person",
    key: account.id,
    title: account.name || account.username,
    url: isTheirs ? blog.url : home,
    keepsUrl: !isTheirs,
    avatar: account.photo,
    handle: account.username,
    language: account.language,
  });
}

/** A blog of this installation as a source. */
export function blogSource(context: Own, blog: Blog): Promise<StoredSource> {
  const { id, title, url, host, language } = blog;
  return keep(context, own, { id, kind: "blog", key: id, title: title || host, url, avatar: "", handle: host, language });
}

/** A source that another plugin provides, new or brought up to date. */
export function keepSource(context: Own, plugin: string, source: Followable): Promise<StoredSource> {
  return keep(context, plugin, source);
}

async function keep(
  context: Place,
  plugin: string,
  said: Followable & { readonly id?: string; readonly keepsUrl?: boolean },
): Promise<StoredSource> {
  const { tables, clock } = context;
  const keyHash = hashOf(`${said.kind} ${said.key}`);
  const find = async () =>
    (await tables.query<Row>(`SELECT ${columns} FROM p_timeline_sources WHERE key_hash = ?`, [keyHash]))[0];
  const before = await find();
  const values = {
    title: plainName(said.title) || plainName(said.handle),
    url: before && said.keepsUrl ? String(before.url) : webAddress(said.url),
    avatar: webAddress(said.avatar),
    handle: handleOf(said.handle),
    language: /^[A-Za-z0-9-]{0,35}$/.test(said.language) ? said.language : "",
  };
  if (before) {
    const changed = Object.entries(values).filter(([name, value]) => before[name] !== value);
    if (changed.length > 0)
      await tables.run(`UPDATE p_timeline_sources SET ${changed.map(([name]) => `${name} = ?`).join(", ")} WHERE key_hash = ?`, [
        ...changed.map(([, value]) => value),
        keyHash,
      ]);
    return sourceFrom({ ...before, ...values });
  }
  const row = {
    id: said.id ?? ulid(clock.now().getTime()),
    blog_id: said.kind === "blog" ? (said.id ?? "") : "",
    kind: said.kind.slice(0, 16),
    plugin,
    key_hash: keyHash,
    key_text: said.key,
    ...values,
    state: "active",
    last_at: null,
    window_hour: "",
    window_count: 0,
  };
  const names = Object.keys(row);
  const sql = `INSERT INTO p_timeline_sources (${names.join(", ")}) VALUES (${marks(names.length)})`;
  // Two at once: the other one's row will do.
  const failure = await tables.run(sql, Object.values(row)).then(
    () => null,
    (error: unknown) => error,
  );
  const stored = await find();
  if (!stored) throw failure;
  return sourceFrom(stored);
}

/** Takes a source out of sight, or back. */
export async function setAway({ tables }: Pick<Own, "tables">, id: string, isAway: boolean): Promise<void> {
  await tables.run("UPDATE p_timeline_sources SET state = ? WHERE id = ?", [isAway ? "away" : "active", id]);
}

/** A source as others see it. */
export function shownSource({ isAway: _away, ...source }: StoredSource): Source {
  return source;
}

function sourceFrom(row: Row): StoredSource {
  const text = (name: string) => String(row[name] ?? "");
  return {
    id: text("id"),
    kind: text("kind"),
    plugin: text("plugin"),
    key: text("key_text"),
    title: text("title"),
    url: text("url"),
    avatar: text("avatar"),
    handle: text("handle"),
    language: text("language"),
    isAway: row.state !== "active",
  };
}
