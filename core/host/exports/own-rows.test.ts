import test from "ava";
import { insert } from "../../storage/rows.ts";
import type { Bindable } from "../../storage/storage.ts";
import { openTestStorage } from "../../storage/testing.ts";
import { ownRows } from "./own-rows.ts";

test("rows come page by page in order, each once, only those that are asked for", async (t) => {
  const storage = await openTestStorage(t);
  const row = (blogId: string, n: number) => {
    const path = String(n).padStart(64, "0");
    return { blog_id: blogId, path_hash: path, path: `/${n}`, target: "/", created_at: "2026-05-01T12:00:00.000Z" };
  };
  await storage.write(async (db) => {
    await insert(db, "redirects", [...Array.from({ length: 450 }, (_, n) => row("ours", n)), row("theirs", 7)]);
  });
  const asked: string[] = [];
  const query = (sql: string, values?: readonly Bindable[]) => (asked.push(sql), storage.query(sql, [...(values ?? [])]));
  const context = { tables: { query: query as never, run: async () => 0 } };
  const wanted = { table: "redirects", of: { blog_id: "ours" }, along: "path_hash", columns: "path" } as const;

  const all = await Array.fromAsync(ownRows(context, { ...wanted, as: ({ path }) => path }));

  t.deepEqual(
    all,
    Array.from({ length: 450 }, (_, n) => `/${n}`),
  );
  t.is(asked.length, 3);
  t.deepEqual(await Array.fromAsync(ownRows(context, { ...wanted, of: { blog_id: "nobody" } })), []);
  const [first] = await Array.fromAsync(ownRows(context, { ...wanted, of: { blog_id: "theirs", path: "/7" } }));
  t.deepEqual(Object.keys(first!).toSorted(), ["path", "path_hash"]);
});
