import test from "ava";
import { databases, openTestStorage } from "../storage/testing.ts";
import { eraseSecrets, openSecret, sealSecret, SecretBox } from "./secret-box.ts";
import { morning } from "./testing.ts";

const box = new SecretBox("one secret of at least thirty-two bytes");
const other = new SecretBox("another secret of at least thirty-two bytes");

test("what is sealed opens at its own place only, with its own secret only, and unchanged only", (t) => {
  const sealed = box.seal("plugin/mail/password", "pässword 🐦");
  const changed = `${sealed.slice(0, -4)}${sealed.slice(-4) === "AAAA" ? "BBBB" : "AAAA"}`;

  t.is(box.open("plugin/mail/password", sealed), "pässword 🐦");
  t.throws(() => box.open("plugin/other/password", sealed));
  t.throws(() => other.open("plugin/mail/password", sealed));
  t.throws(() => box.open("plugin/mail/password", changed));
  t.throws(() => box.open("plugin/mail/password", ""));
  t.not(box.seal("place", "same"), box.seal("place", "same"));
});

test("a short secret is refused", (t) => void t.throws(() => new SecretBox("short"), { message: /shorter than 32 bytes/ }));

for (const dialect of databases) {
  test(`${dialect}: stored secrets come back, can be replaced, and another installation's secret gets a remedy`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const place = "plugin/mail/password";

    await storage.write((db) => sealSecret(db, box, { place, value: "first" }, morning));
    await storage.write((db) => sealSecret(db, box, { place, value: "second" }, morning));

    t.is(await openSecret(storage, box, place), "second");
    t.is(await openSecret(storage, box, "plugin/mail/user"), null);
    const rows = await storage.query("SELECT sealed FROM secrets");
    t.false(String(rows[0]!.sealed).includes("second"));
    await t.throwsAsync(openSecret(storage, other, place), { message: /another ROOKERY_SECRET/ });
  });

  test(`${dialect}: erasing goes by the beginning of the place, taken literally`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    for (const place of ["plugin/a_b/x", "plugin/aXb/x"])
      await storage.write((db) => sealSecret(db, box, { place, value: "v" }, morning));

    t.is(await storage.write((db) => eraseSecrets(db, "plugin/a_b/")), 1);
    t.is(await openSecret(storage, box, "plugin/aXb/x"), "v");
    await t.throwsAsync(storage.write((db) => eraseSecrets(db, "")));
  });
}
