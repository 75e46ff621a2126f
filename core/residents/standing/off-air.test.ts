import test from "ava";
import { createTestHost } from "../../testing/test-host.ts";
import { restoreBlog, suspendBlog } from "./blog-standing.ts";

test("a scheduled post of a blog that is off the air does not come out; back on the air the next one does", async (t) => {
  const host = await createTestHost(t);
  const { storage } = host.house;
  const inMinutes = (minutes: number) => new Date(host.clock.now().getTime() + minutes * 60_000).toISOString();
  const statuses = async () => (await storage.query("SELECT status FROM posts ORDER BY published_at")).map((row) => row.status);
  await host.publish({ text: "Soon", publishedAt: inMinutes(10) });
  await host.publish({ text: "Later", publishedAt: inMinutes(90) });

  await storage.write((db) => suspendBlog(host.scope(), db, host.blog));
  host.clock.advance({ minutes: 20 });
  await host.runJobs();
  t.deepEqual(await statuses(), ["scheduled", "scheduled"]);
  await storage.write((db) => restoreBlog(host.scope(), db, host.blog));
  host.clock.advance({ minutes: 80 });
  await host.runJobs();

  t.deepEqual(await statuses(), ["scheduled", "published"]);
});
