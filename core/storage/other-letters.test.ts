import test from "ava";
import { comparingOtherLetters } from "./other-letters.ts";
import { databases, openTestStorage } from "./testing.ts";

for (const dialect of databases) {
  test(`${dialect}: whoever asks for letters that no address has finds nothing, reading and writing`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const asked = "SELECT host FROM blog_hosts WHERE host = ? OR host IN (?, ?) OR host LIKE ? ORDER BY host LIMIT 3";
    const values = ["bücher.localhost", "plain.localhost", "💥", "é%"];

    t.deepEqual(await storage.query(asked, values), []);
    await storage.write(async (db) => {
      t.deepEqual(await db.query(asked, values), []);
      t.is(await db.run("UPDATE blog_hosts SET token = ? WHERE host > ? AND host = ?", ["x", "a", "é"]), 0);
      t.is(await db.run("DELETE FROM blog_hosts WHERE host = ?", ["é"]), 0);
    });
  });

  test(`${dialect}: what was asked beside such letters is found all the same`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    await storage.write((db) =>
      db.run("INSERT INTO site_settings (name, value, updated_at) VALUES (?, ?, ?)", [
        "terms",
        "Größe",
        "2026-05-01T12:00:00.000Z",
      ]),
    );
    const found = await storage.query("SELECT value FROM site_settings WHERE (updated_at = ? OR value = ?) AND name = ?", [
      "é",
      "Größe",
      "terms",
    ]);
    t.deepEqual(
      found.map(({ value }) => value),
      ["Größe"],
    );
  });
}

test("a statement that was refused for another reason is not said twice", async (t) => {
  const said: string[] = [];
  const refuse = (sql: string) => {
    said.push(sql);
    return Promise.reject(Object.assign(new Error("Gone"), { code: "ER_NO_SUCH_TABLE" }));
  };
  await t.throwsAsync(comparingOtherLetters(refuse, "SELECT host FROM nowhere WHERE host = ?", ["é"]), { message: "Gone" });
  t.deepEqual(said, ["SELECT host FROM nowhere WHERE host = ?"]);
});
