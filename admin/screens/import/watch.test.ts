import test from "ava";
import { createTestHost } from "../../../core/testing/test-host.ts";

test("why something did not come in is said in the reader's language; what older versions noted stays readable", async (t) => {
  const host = await createTestHost(t, { dashboard: true });
  const notes = [
    { what: "picture", title: "/a.jpg", why: "The old site answers 404.", key: "import.status", values: { status: 404 } },
    { what: "picture", title: "/b.jpg", why: "The old site is <asleep>." },
    { what: "picture", title: "/c.jpg", why: "No words for it.", key: "import.no-such-key" },
  ];
  const none = { total: 0, notes: [] };
  const report = {
    counts: {},
    skipped: { total: 3, notes },
    warnings: none,
    media: { total: 0, files: [] },
    mediaHosts: [],
    error: "",
  };
  const id = "01K00000000000000000000000";
  const now = host.clock.now().toISOString();
  await host.house.storage.write((db) =>
    db.run(
      "INSERT INTO imports (id, blog_id, account_id, kind, file, options, state, progress, report, created_at, finished_at) VALUES (?, ?, ?, 'gone', '', '{}', 'done', ?, ?, ?, ?)",
      [id, host.blog.id, host.account.id, JSON.stringify({ bytes: 1, of: 1, counts: {} }), JSON.stringify(report), now, now],
    ),
  );
  const kim = await host.as("kim");
  const see = async (language: string) =>
    (await kim.request({ path: `/b/${host.blog.host}/import/${id}`, headers: { "accept-language": language } })).text;
  t.regex(await see("de"), /Die alte Website antwortet 404\.[^]*The old site is &lt;asleep&gt;\.[^]*No words for it\./);
  t.regex(await see("en"), /The old site answers 404\./);
});
