import test from "ava";
import type { Storage } from "../storage/storage.ts";
import { databases, openTestStorage } from "../storage/testing.ts";
import { appTokenOf, createAppToken } from "./app-tokens.ts";
import { addRefreshToken, renewAppToken, sweepRefreshTokens } from "./refresh-tokens.ts";
import { later, makePerson, morning } from "./testing.ts";

const clientId = "https://app.example/";

async function granted(storage: Storage) {
  const kim = await makePerson(storage, "kim");
  return storage.write(async (db) => {
    const make = { accountId: kim.id, blogId: null, name: "App", clientId, scopes: ["create", "update"], expiresAt: later(3600) };
    const { token, id } = await createAppToken(db, make, morning);
    return { token, id, refreshToken: await addRefreshToken(db, { id, accountId: kim.id }, 86_400, morning) };
  });
}

for (const dialect of databases) {
  const renewing =
    (storage: Storage) =>
    (refreshToken: string, at: Date, more: { clientId?: string; scopes?: string[] } = {}) =>
      storage.write((db) => renewAppToken(db, { refreshToken, clientId, scopes: null, seconds: 3600, ...more }, at));

  test(`${dialect}: a key is renewed after its end, its old value is over, and a token used twice ends the family`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const { token, refreshToken } = await granted(storage);
    const renew = renewing(storage);

    const first = await renew(refreshToken, later(7200));
    if (!first.ok) return t.fail(first.why);
    t.regex(first.token, /^[0-9A-F]{20}$/);
    t.is(await appTokenOf(storage, token, later(10)), null);
    t.truthy(await appTokenOf(storage, first.token, later(7300)));
    // The answer was lost, so the client asks again with what it has.
    const again = await renew(refreshToken, later(7210));
    if (!again.ok) return t.fail(again.why);
    t.truthy(await appTokenOf(storage, again.token, later(7300)));
    t.deepEqual(await renew(refreshToken, later(7300)), { ok: false, why: "reused" });
    t.is(await appTokenOf(storage, again.token, later(7301)), null);
    t.deepEqual(await renew(again.refreshToken, later(7302)), { ok: false, why: "unknown" });
  });

  test(`${dialect}: a refresh token whose successor was used has no grace`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const { refreshToken } = await granted(storage);
    const renew = renewing(storage);
    const first = await renew(refreshToken, later(1));
    const second = first.ok && (await renew(first.refreshToken, later(2)));
    if (!second || !second.ok) return t.fail();
    t.deepEqual(await renew(refreshToken, later(3)), { ok: false, why: "reused" });
    t.is(await appTokenOf(storage, second.token, later(4)), null);
  });

  test(`${dialect}: another client, a wider scope and an old token renew nothing; a narrower scope is for one value`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const { refreshToken } = await granted(storage);
    const renew = renewing(storage);

    t.like(await renew(refreshToken, later(1), { clientId: "https://other.example/" }), { why: "client" });
    t.like(await renew(refreshToken, later(1), { scopes: ["delete"] }), { why: "scope" });
    const narrow = await renew(refreshToken, later(1), { scopes: ["update"] });
    if (!narrow.ok) return t.fail(narrow.why);
    t.deepEqual((await appTokenOf(storage, narrow.token, later(2)))?.token.scopes, ["update"]);
    const whole = await renew(narrow.refreshToken, later(3));
    if (!whole.ok) return t.fail(whole.why);
    t.deepEqual((await appTokenOf(storage, whole.token, later(4)))?.token.scopes, ["create", "update"]);
    t.like(await renew(whole.refreshToken, later(90_000)), { why: "unknown" });
    t.is(await storage.write((db) => sweepRefreshTokens(db, later(90_000))), 3);
  });
}
