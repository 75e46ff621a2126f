import { createHash } from "node:crypto";
import { enableWithNeeded } from "../../core/host/switching/required-plugins.ts";
import type { House } from "../../core/house.ts";
import { ulid } from "../../core/ids.ts";
import { enqueue } from "../../core/jobs/enqueue.ts";
import { parseFeed } from "../../core/net/pages/read-page.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const [batch, readers, lanes] = [500, 10, 4];

/** Fills the plugins `sources` and `timeline` with feeds of a server, each followed by one of ten readers. */
export async function settleFeeds(house: House, { count, port }: { count: number; port: number }): Promise<null> {
  await enableWithNeeded(house.host, "timeline");
  await enableWithNeeded(house.host, "sources");
  const now = house.clock.now();
  const people = Array.from({ length: readers }, () => ulid(now.getTime()));
  for (let from = 0; from < count; from += batch)
    await house.storage.write(async (db) => {
      for (let n = from; n < Math.min(from + batch, count); n++) {
        const url = `http://f${n}.localhost:${port}/feed.xml`;
        const [id, source] = [ulid(now.getTime()), ulid(now.getTime())];
        await db.run(
          `INSERT INTO p_sources_feeds (id, blog_id, url_hash, url, title, site, etag, last_modified, body_hash, moved_to, moved_times, state, problem, failures,
           next_at, is_begun, told, hub_hash, is_followed, timeline_id, created_at) VALUES (?, '', ?, ?, '', '', '', '', '', '', 0, 'active', '', 0, ?, 0, '', '', 1, ?, ?)`,
          [id, hash(url), url, now.toISOString(), source, "2026-02-15T00:00:00.000Z"],
        );
        await db.run(
          `INSERT INTO p_timeline_sources (id, blog_id, kind, plugin, key_hash, key_text, title, url, avatar, handle, language, state, window_hour, window_count)
           VALUES (?, '', 'feed', 'sources', ?, ?, ?, ?, '', ?, '', 'active', '', 0)`,
          [source, hash(`feed ${url}`), url, `Feed ${n}`, url, `f${n}.localhost`],
        );
        await db.run("INSERT INTO p_timeline_follows (account_id, source_id, blog_id, at) VALUES (?, ?, '', ?)", [
          people[n % readers]!,
          source,
          now.toISOString(),
        ]);
      }
    });
  return null;
}

/** Makes all feeds due and asks them; gives the milliseconds until the last one was read, and what went wrong with how many. */
export async function pollFeeds(house: House, count: number): Promise<{ took: number; problems: string }> {
  const { storage } = house;
  const now = house.clock.now();
  await storage.write(async (db) => {
    await db.run("UPDATE p_sources_feeds SET next_at = ?, checked_at = NULL", [now.toISOString()]);
    await enqueue(db, { pluginId: "sources", name: "poll-due", blogId: null, data: null, key: "bench", runAt: now });
  });
  const from = performance.now();
  const number = async (where: string) =>
    Number((await storage.query(`SELECT COUNT(*) AS number FROM p_sources_feeds WHERE ${where}`))[0]!.number);
  while ((await number("checked_at IS NOT NULL")) < count) {
    if (performance.now() - from > 900_000) throw new Error("The feeds were not all asked within 15 minutes");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const took = performance.now() - from;
  const problems = await storage.query(
    "SELECT problem, COUNT(*) AS number FROM p_sources_feeds WHERE problem <> '' GROUP BY problem",
  );
  return { took, problems: problems.map(({ problem, number: many }) => `${many} ${problem}`).join(", ") };
}

/** Reads feeds of 100 KB in several lanes, as the worker does; gives how many in a second. */
export async function parseFeeds(count: number): Promise<number> {
  const item = (at: number) =>
    `<item><guid isPermaLink="false">${at}</guid><title>Day ${at}</title><link>https://kim.example/${at}</link><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate><content:encoded><![CDATA[${'<p>Herons stood <em>in the water</em> below the weir, and <a href="/1">nobody</a> came by.</p>'.repeat(26)}]]></content:encoded></item>`;
  const items = Array.from({ length: 40 }, (_, at) => item(at)).join("");
  const bytes = Buffer.from(
    `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Kim</title><link>https://kim.example/</link>${items}</channel></rss>`,
  );
  const once = async () => {
    const feed = await parseFeed(bytes, { url: "https://kim.example/feed.xml" });
    if (feed?.items.length !== 40) throw new Error("The feed of the suite was not read");
  };
  for (let round = 0; round < 20; round++) await once();
  const from = performance.now();
  const lane = async () => {
    for (let round = 0; round < count / lanes; round++) await once();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return (count / (performance.now() - from)) * 1_000;
}
