import test from "ava";
import { databases, openTestStorage } from "../storage/testing.ts";
import { suspend } from "./accounts.ts";
import { appTokenOf, appTokensOf, createAppToken, revokeAppToken, tokenIn } from "./app-tokens.ts";
import { later, makePerson, morning } from "./testing.ts";
import { secretToken, tokenHash } from "./token-hash.ts";

for (const dialect of databases) {
  test(`${dialect}: an app's key opens the account until it is revoked, and says when it was used`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makePerson(storage, "kim");
    const make = { accountId: kim.id, blogId: null, name: "Quill", scopes: ["create", "media", "create"] };
    const { token, id } = await storage.write((db) => createAppToken(db, make, morning));

    t.regex(token, /^[0-9A-F]{20}$/);
    const found = await appTokenOf(storage, token, later(60));
    t.is(found?.account.id, kim.id);
    t.deepEqual(found?.token.scopes, ["create", "media"]);
    t.like((await appTokensOf(storage, kim.id))[0], { id, name: "Quill", usedAt: later(60).toISOString() });
    t.true(await storage.write((db) => revokeAppToken(db, kim.id, id, later(61))));
    t.is(await appTokenOf(storage, token, later(62)), null);
    t.deepEqual(await appTokensOf(storage, kim.id), []);
  });

  test(`${dialect}: a key ends at its time and sleeps while its person is suspended`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makePerson(storage, "kim");
    const make = { accountId: kim.id, blogId: null, name: "", scopes: ["create"], expiresAt: later(3600) };
    const { token } = await storage.write((db) => createAppToken(db, make, morning));

    t.truthy(await appTokenOf(storage, token, later(3599)));
    t.is(await appTokenOf(storage, token, later(3600)), null);
    await storage.write((db) => suspend(db, kim.id, later(1)));
    t.is(await appTokenOf(storage, token, later(2)), null);
  });

  test(`${dialect}: a key made before they were short goes on, and “post” is the old word for “create”`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makePerson(storage, "kim");
    const make = { accountId: kim.id, blogId: null, name: "", scopes: ["post", "create", "email"] };
    const { id } = await storage.write((db) => createAppToken(db, make, morning));
    const old = `rk_${secretToken()}`;
    await storage.write((db) => db.run("UPDATE app_tokens SET token_hash = ? WHERE id = ?", [tokenHash(old), id]));

    t.deepEqual((await appTokenOf(storage, old, morning))?.token.scopes, ["create", "email"]);
  });

  test(`${dialect}: nobody takes back another person's key`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const [kim, lee] = [await makePerson(storage, "kim"), await makePerson(storage, "lee")];
    const make = { accountId: kim.id, blogId: null, name: "", scopes: ["create"] };
    const { id } = await storage.write((db) => createAppToken(db, make, morning));

    t.false(await storage.write((db) => revokeAppToken(db, lee.id, id, morning)));
  });
}

test("a key without a scope, or with one that there is none of, is refused", async (t) => {
  const storage = await openTestStorage(t);
  const make = (scopes: string[]) =>
    storage.write((db) => createAppToken(db, { accountId: "x", blogId: null, name: "", scopes }, morning));

  await t.throwsAsync(make([]), { message: /Choose what the app may do/ });
  await t.throwsAsync(make(["create", "everything"]), { message: /Choose what the app may do/ });
});

test("only an admin makes a key that reads the installation's metrics", async (t) => {
  const storage = await openTestStorage(t);
  const [kim, lee] = [await makePerson(storage, "kim", "admin"), await makePerson(storage, "lee")];
  const make = (accountId: string) =>
    storage.write((db) => createAppToken(db, { accountId, blogId: null, name: "", scopes: ["metrics"] }, morning));

  await t.notThrowsAsync(make(kim.id));
  await t.throwsAsync(make(lee.id), { message: /Only an admin/ });
});

for (const [header, value] of [
  ["Bearer ABC", "ABC"],
  ["bearer  ABC", "ABC"],
  ["TOKEN ABC", "ABC"],
  [" ABC ", "ABC"],
  ["Basic ABC", null],
  ["Bearer", null],
  ["", null],
  [undefined, null],
] as const)
  test(`the key in the header “${header}” is ${value}`, (t) => {
    t.is(tokenIn(header), value);
  });
