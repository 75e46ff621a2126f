import { enableWithNeeded } from "../../core/host/switching/required-plugins.ts";
import type { House } from "../../core/house.ts";
import { ulid } from "../../core/ids.ts";
import { startSession } from "../../core/people/sessions.ts";
import { publish } from "../../core/posts/publish.ts";
import { ownerScope } from "./house.ts";

/** How much there is to read, and who reads. */
export type TimelineTown = { readonly items: number; readonly follows: number; readonly followers: number };

const [batch, many] = [1_000, 20_000];
// Numbers of the core's own posts lie below.
const first = 1_000_000;
const hour = 3_600_000;
const sourceId = (n: number) => `0${String(n).padStart(25, "0")}`;

type Rows = { readonly from: number; readonly until: number; readonly follows: number; readonly started: number };
const rest = "'', '', 'post', '', 'herons stood in the water', 0, '', '[]', 'en', '', '', '', 'shown', 'done'";
const rowsOf = {
  sqlite: ({ from, until, follows, started }: Rows) => {
    const at = `strftime('%Y-%m-%dT%H:%M:%fZ', ${started} + x * 20, 'unixepoch')`;
    return `WITH RECURSIVE n(x) AS (SELECT ${from} UNION ALL SELECT x + 1 FROM n WHERE x < ${until})
      SELECT x + ${first}, printf('01%024d', x), printf('0%025d', x % ${follows}), printf('%064d', x), printf('%064d', x),
      'https://x.example/' || x, ?, ${at}, ${at}, x % 5 = 0, 0, ${rest} FROM n`;
  },
  mysql: ({ from, until, follows, started }: Rows) => {
    const at = `DATE_FORMAT(TIMESTAMPADD(SECOND, ${started} + seq * 20, '1970-01-01'), '%Y-%m-%dT%H:%i:%s.000Z')`;
    return `SELECT seq + ${first}, CONCAT('01', LPAD(seq, 24, '0')), CONCAT('0', LPAD(seq % ${follows}, 25, '0')), LPAD(seq, 64, '0'),
      LPAD(seq, 64, '0'), CONCAT('https://x.example/', seq), ?, ${at}, ${at}, seq % 5 = 0, 0, ${rest} FROM seq_${from}_to_${until}`;
  },
};

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
  const run = (sql: string, values: (string | number)[]) => storage.write((db) => db.run(sql, values));
  for (let n = 0; n < follows; n++) {
    const facts = [
      sourceId(n),
      sourceId(n).padEnd(64, "0"),
      `Source ${n}`,
      `https://source-${n}.example/`,
      `source-${n}.example`,
    ];
    await run(
      "INSERT INTO p_timeline_sources (id, blog_id, kind, plugin, key_hash, key_text, title, url, avatar, handle, language, state, window_hour, window_count) VALUES (?, '', 'feed', 'sources', ?, '', ?, ?, '', ?, 'en', 'active', '', 0)",
      facts,
    );
    await run("INSERT INTO p_timeline_follows (account_id, source_id, blog_id, at) VALUES (?, ?, '', ?)", [
      kim,
      sourceId(n),
      at(0),
    ]);
  }
  const html = `<p>${"Herons stood in the water. ".repeat(9)}</p>`;
  const started = Math.floor((now - hour) / 1000) - items * 20;
  for (let from = 0; from < items; from += many)
    // The databases' own functions make a million rows quickly.
    await run(
      `INSERT INTO p_timeline_items (number, id, source_id, key_hash, url_hash, url, html, at, received_at, has_photo, is_local, blog_id, place_id, kind, title, words, is_link, author, photos, language, reply_to, reply_hash, reply_source, state, spread)
       ${rowsOf[storage.dialect]({ from, until: Math.min(from + many, items) - 1, follows, started })}`,
      [html],
    );
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
