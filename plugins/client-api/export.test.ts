import test from "ava";
import { ulid } from "rookery/plugin";
import { open } from "./client-api.testing.ts";

test("an archive has notes as apps stored them, those that can be read also as Markdown, books, and devices without what reaches them", async (t) => {
  const { host, kim, lee } = await open(t);
  let number = 900;
  const put = async (table: string, values: Record<string, string | number>) => {
    const row = { blog_id: "", created_at: "2026-05-01T12:00:00.000Z", ...values };
    const names = Object.keys(row);
    const sql = `INSERT INTO p_client_api_${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
    await host.house.storage.write((db) => db.run(sql, Object.values(row)));
  };
  for (const { id: accountId } of [kim, lee]) {
    const own = { account_id: accountId };
    const whose = accountId === kim.id ? "kim" : "lee";
    const notebookId = ulid();
    await put("notebooks", { ...own, id: notebookId, number: number++, name: `../${whose}` });
    const note = { ...own, notebook_id: notebookId, book_isbn: "", book_title: "", updated_at: "2026-05-02T12:00:00.000Z" };
    await put("notes", {
      ...note,
      id: ulid(),
      number: number++,
      body: `Words of ${whose}`,
      is_encrypted: 0,
      share_key: "SHAREKEY",
    });
    await put("notes", { ...note, id: ulid(), number: number++, body: `SEALED of ${whose}`, is_encrypted: 1, share_key: "" });
    await put("devices", { ...own, device_hash: whose, device_token: "SECRET", push_env: "production", app_name: "Quill" });
    await put("entries", { ...own, kind: "star", number: 7, is_so: 1, said_at: "2026-05-02T12:00:00.000Z" }).catch(
      () => undefined,
    );
  }

  const files = await host.kept(kim);

  t.like(JSON.parse(files["client-api/notes.json"]!), [
    { body: "Words of kim", isEncrypted: false, isShared: true },
    { body: "SEALED of kim", isEncrypted: true, isShared: false },
  ]);
  const readable = Object.keys(files).find((name) => name.startsWith("client-api/notebooks/"))!;
  t.regex(files[readable]!, /Words of kim/);
  t.notRegex(files[readable]!, /SEALED/);
  t.deepEqual(JSON.parse(files["client-api/devices.json"]!), [
    { app: "Quill", environment: "production", since: "2026-05-01T12:00:00.000Z" },
  ]);
  t.notRegex(JSON.stringify(files), /SECRET|SHAREKEY|of lee/);
});
