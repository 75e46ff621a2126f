import { enableWithNeeded } from "../../core/host/switching/required-plugins.ts";
import type { House } from "../../core/house.ts";
import { ulid } from "../../core/ids.ts";
import { startSession } from "../../core/people/sessions.ts";
import { publish } from "../../core/posts/publish.ts";
import { ownerScope } from "./house.ts";

/** How much there is to read, and who reads. */
export type TimelineTown = { readonly items: number; readonly follows: number; readonly followers: number };

const batch = 1_000;
// Numbers of the core's own posts lie below.
const first = 1_000_000;
const hour = 3_600_000;

/**
 * Fills the tables of the plugin `timeline`: items of so many sources that the owner follows, timelines of others, and followers of the
 * owner. Gives a session of the owner's.
 */
export async function fillTimelines(house: House, { items, follows, followers }: TimelineTown): Promise<string> {
  await enableWithNeeded(house.host, "timeline");
  const { storage } = house;
  const scope = await ownerScope(house);
  const kim = scope.principal.accountId!;
  const now = house.clock.now().getTime();
  const at = (back: number) => new Date(now - back).toISOString();
  const sources = Array.from({ length: follows }, (_, n) => ulid(now - hour - n));
  const run = (sql: string, values: (string | number)[]) => storage.write((db) => db.run(sql, values));
  for (const [n, id] of sources.entries()) {
    const facts = [id, id.padEnd(64, "0"), `Source ${n}`, `https://source-${n}.example/`, `source-${n}.example`];
    await run(
      "INSERT INTO p_timeline_sources (id, blog_id, kind, plugin, key_hash, key_text, title, url, avatar, handle, language, state, window_hour, window_count) VALUES (?, '', 'feed', 'sources', ?, '', ?, ?, '', ?, 'en', 'active', '', 0)",
      facts,
    );
    await run("INSERT INTO p_timeline_follows (account_id, source_id, blog_id, at) VALUES (?, ?, '', ?)", [kim, id, at(0)]);
  }
  const html = `<p>${"Herons stood in the water. ".repeat(9)}</p>`;
  for (let from = 0; from < items; from += batch)
    await storage.write(async (db) => {
      const rows = Array.from({ length: Math.min(batch, items - from) }, (_, n) => from + n);
      for (let row = 0; row < rows.length; row += 25) {
        const some = rows.slice(row, row + 25);
        const values = some.flatMap((n) => {
          const hash = String(n).padStart(64, "0");
          const time = at((items - n) * 20_000 + hour);
          return [
            first + n,
            `01K${String(n).padStart(23, "0")}`,
            sources[n % follows]!,
            hash,
            hash,
            `https://x.example/${n}`,
            html,
            time,
            time,
            n % 5 === 0 ? 1 : 0,
          ];
        });
        await db.run(
          `INSERT INTO p_timeline_items (number, id, source_id, key_hash, url_hash, url, html, at, received_at, has_photo, blog_id, place_id, kind, title, words, is_link, author, photos, language, reply_to, reply_hash, reply_source, state, spread) VALUES ${some
            .map(
              () =>
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 'post', '', 'herons stood in the water', 0, '', '[]', 'en', '', '', '', 'shown', 'done')",
            )
            .join(", ")}`,
          values,
        );
      }
    });
  // The newest 5,000 in the timelines of the owner and of others.
  for (let reader = 0; reader < 41; reader++)
    await run(
      "INSERT INTO p_timeline_entries (account_id, number, blog_id, source_id, at, has_photo) SELECT ?, number, '', source_id, at, has_photo FROM p_timeline_items WHERE number >= ? AND number < ?",
      [reader === 0 ? kim : ulid(now - reader), first + Math.max(0, items - 5_000), first + items],
    );
  for (let from = 0; from < followers; from += batch)
    await storage.write(async (db) => {
      for (let n = from; n < Math.min(from + batch, followers); n++)
        await db.run("INSERT INTO p_timeline_follows (account_id, source_id, blog_id, at) VALUES (?, ?, '', ?)", [
          ulid(now),
          kim,
          at(0),
        ]);
    });
  const visitor = { userAgent: "bench", address: "" };
  return (await storage.write((db) => startSession(db, kim, visitor, house.clock.now()))).cookie;
}

/** Publishes a post of the owner's: milliseconds until that was done, and until all followers have it in their timelines. */
export async function publishToFollowers(house: House, followers: number): Promise<{ returned: number; visible: number }> {
  const scope = await ownerScope(house);
  const { storage } = house;
  const from = performance.now();
  const outcome = await publish(scope, { content: "To everybody who follows." });
  if (!outcome.ok) throw new Error(outcome.refusal.refuse);
  const returned = performance.now() - from;
  const sql = "SELECT spread FROM p_timeline_items WHERE number = ?";
  while ((await storage.query<{ spread: string }>(sql, [outcome.post.number]))[0]?.spread !== "done") {
    if (performance.now() - from > 60_000) throw new Error("The post came into no timeline within a minute");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const visible = performance.now() - from;
  const [row] = await storage.query("SELECT COUNT(*) AS number FROM p_timeline_entries WHERE number = ?", [outcome.post.number]);
  if (Number(row?.number) < followers) throw new Error(`Only ${row?.number} of ${followers} have it`);
  return { returned, visible };
}
