import test from "ava";
import { openDashboard, setUp } from "../../admin/testing.ts";
import { mediaJobFor } from "../../core/host/imports/media-job.ts";
import { ulid } from "../../core/ids.ts";
import { enqueue } from "../../core/jobs/enqueue.ts";
import { insert } from "../../core/storage/rows.ts";

const report = {
  counts: { posts: 2 },
  skipped: { total: 0, notes: [] },
  warnings: { total: 0, notes: [] },
  media: { total: 2, files: [{ url: "https://old.example/a.jpg", title: "a" }] },
  mediaHosts: ["old.example"],
  error: "",
};

test("the dashboard offers Cancel while files are fetched, and then says that some are missing", async (t) => {
  const dashboard = await openDashboard(t);
  await setUp(dashboard);
  const { house, browser } = dashboard;
  const [blog] = await house.storage.query<{ id: string; host: string; owner_id: string }>(
    "SELECT id, host, owner_id FROM blogs",
  );
  const now = house.clock.now().toISOString();
  const row = {
    id: ulid(),
    blog_id: blog!.id,
    account_id: blog!.owner_id,
    kind: "import-wordpress",
    file: "/tmp/old.xml",
    options: '{"media":true}',
    state: "done",
    progress: JSON.stringify({ bytes: 1, of: 1, counts: {}, files: { done: 1, total: 2 } }),
    report: JSON.stringify(report),
    created_at: now,
    finished_at: now,
  };
  await house.storage.write(async (db) => {
    await insert(db, "imports", [row]);
    const inAnHour = new Date(house.clock.now().getTime() + 3600_000);
    await enqueue(db, mediaJobFor({ id: row.id, blogId: blog!.id }, { step: "fetch", after: "", tries: 1 }, inAnHour));
  });
  const at = `/b/${blog!.host}/import/${row.id}`;

  const before = await browser.get(at);
  t.regex(before.text, /action="[^"]+\/cancel"/);
  t.regex(before.text, /data-running="yes"/);
  t.is((await browser.post(`${at}/cancel`, {})).status, 303);

  const after = await browser.get(at);
  t.notRegex(after.text, /action="[^"]+\/cancel"/);
  t.regex(after.text, /data-running="no"/);
  t.regex(after.text, /Fetching files has ended before all were here/);
});
