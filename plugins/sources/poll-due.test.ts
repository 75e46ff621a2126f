import test from "ava";
import { hashOf } from "./ids.ts";
import { item, openSources, rss } from "./sources.testing.ts";

test("many due feeds are asked a few at once, one of a host at a time, and a slow host holds up nobody else", async (t) => {
  const { host } = await openSources(t);
  // The schedules begin.
  await host.runJobs();
  const [hosts, each] = [60, 4];
  const now = host.clock.now().toISOString();
  await host.house.storage.write(async (db) => {
    for (let n = 0; n < hosts * each; n++) {
      const url = `https://f${n % hosts}.example/${n}.xml`;
      await db.run(
        `INSERT INTO p_sources_feeds (id, blog_id, url_hash, url, title, site, etag, last_modified, body_hash, moved_to, moved_times, state, problem, failures,
         next_at, is_begun, told, hub_hash, is_followed, timeline_id, created_at) VALUES (?, '', ?, ?, '', '', '', '', '', '', 0, 'active', '', 0, ?, 0, '', '', 1, '', ?)`,
        [`01J${String(n).padStart(23, "0")}`, hashOf(url), url, now, now],
      );
    }
  });
  const running = new Map<string, number>();
  let [most, mostOfHost] = [0, 0];
  const slow = Promise.withResolvers<void>();
  let done = 0;
  host.network.on("GET https://f*", async ({ url }) => {
    const name = new URL(url).host;
    running.set(name, (running.get(name) ?? 0) + 1);
    most = Math.max(
      most,
      [...running.values()].reduce((sum, one) => sum + one, 0),
    );
    mostOfHost = Math.max(mostOfHost, running.get(name)!);
    if (name === "f0.example" && done === 0) await slow.promise;
    else await new Promise((resolve) => setImmediate(resolve));
    running.set(name, running.get(name)! - 1);
    // The slow one answers when all feeds of the other hosts were asked.
    if (++done === (hosts - 1) * each) slow.resolve();
    return { xml: rss(item("1", url)) };
  });
  host.clock.advance({ minutes: 6 });
  await host.runJobs();
  t.deepEqual(host.failures(), []);
  t.is(done, hosts * each);
  t.is(mostOfHost, 1);
  t.true(most > 4 && most <= 12, String(most));
  const [left] = await host.house.storage.query("SELECT COUNT(*) AS number FROM p_sources_feeds WHERE checked_at IS NULL");
  t.is(Number(left!.number), 0);
  t.deepEqual(host.failures(), []);
});
