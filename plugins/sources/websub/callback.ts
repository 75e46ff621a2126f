import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { PublicError, ulid, type Reply, type RouteRequest } from "rookery/plugin";
import { hashOf } from "../ids.ts";
import type { HubRow, Own } from "../rows.ts";
import type { settings } from "../settings.ts";
import { forgetHub, keysOf } from "./keys.ts";
import { isSigned } from "./signature.ts";
import { denied } from "./subscribe.ts";

/** Seconds of a lease that are believed; deliveries of one feed that may wait to be read. */
const [shortest, usual, longest, mostWaiting] = [600, 864_000, 7_776_000, 10] as const;
const packed = promisify(gzip);

type Request = RouteRequest<typeof settings>;

/** A hub asks whether we mean what was asked of it (WebSub §5.3), or says that it will not (§5.2). */
export async function confirm({ params, query, context }: Request): Promise<Reply> {
  const own = context as Own;
  const row = await hubBy(own, params.key);
  const mode = query.get("hub.mode");
  if (query.get("hub.topic") !== row.topic) throw unknown();
  if (mode === "denied") {
    if (row.state === "leaving") await forgetHub(own, row.id);
    else await denied(own, row);
    return { text: "", headers };
  }
  const challenge = (query.get("hub.challenge") ?? "").slice(0, 1_000);
  const isWanted = mode === (row.state === "leaving" ? "unsubscribe" : "subscribe") && row.state !== "denied";
  if (!isWanted || challenge === "") throw unknown();
  if (mode === "unsubscribe") await forgetHub(own, row.id);
  else await promised(own, row, query.get("hub.lease_seconds") ?? "");
  return { text: challenge, headers };
}

const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } as const;

async function promised({ tables, clock }: Own, row: HubRow, said: string): Promise<void> {
  const seconds = /^\d{1,12}$/.test(said) ? Math.min(Math.max(Number(said), shortest), longest) : usual;
  const at = (share: number) => new Date(clock.now().getTime() + seconds * share * 1_000).toISOString();
  const sql = "UPDATE p_sources_hubs SET state = 'active', attempts = 0, lease_ends = ?, turn_at = ? WHERE id = ?";
  await tables.run(sql, [at(1), at(0.8), row.id]);
  await tables.run("UPDATE p_sources_feeds SET lease_ends = ? WHERE id = ?", [at(1), row.feed_id]);
}

/** What a hub delivers (WebSub §7): taken at once, read by a job. What is not signed as it must be is dropped, and nobody is told so. */
export async function take({ params, headers: given, raw, context }: Request): Promise<Reply> {
  const own = context as Own;
  const row = await hubBy(own, params.key);
  // A hub that goes on telling is told that nobody listens.
  if (row.state === "leaving") throw new PublicError("sources.left", "Nobody here follows this feed any more.", 410);
  const body = await raw();
  const keys = await keysOf(own, row.id);
  const accepted: Reply = { status: 202, text: "", headers };
  if (!keys || !isSigned(given["x-hub-signature"] ?? "", keys.secret, body)) return accepted;
  const waiting = await own.tables.query("SELECT id FROM p_sources_pushes WHERE feed_id = ? LIMIT ?", [row.feed_id, mostWaiting]);
  // A flood ends in one look at the feed itself.
  if (waiting.length >= mostWaiting) {
    await own.enqueue("poll", { feedId: row.feed_id }, { key: `poll ${row.feed_id}` });
    return accepted;
  }
  const id = ulid(own.clock.now().getTime());
  await own.tables.run("INSERT INTO p_sources_pushes (id, blog_id, feed_id, type, body) VALUES (?, '', ?, ?, ?)", [
    id,
    row.feed_id,
    (given["content-type"] ?? "").slice(0, 200),
    (await packed(body, { level: 1 })).toString("base64"),
  ]);
  await own.enqueue("push", { pushId: id }, { key: `push ${id}` });
  return accepted;
}

async function hubBy({ tables }: Own, key = ""): Promise<HubRow> {
  const [row] = await tables.query<HubRow>("SELECT * FROM p_sources_hubs WHERE key_hash = ?", [hashOf(key)]);
  if (!row) throw unknown();
  return row;
}

const unknown = () => new PublicError("sources.no-subscription", "Nothing of the kind was asked for here.", 404);
