import test from "ava";
import type { Storage } from "../../storage/storage.ts";
import { databases, openTestStorage } from "../../storage/testing.ts";
import { suspend } from "../accounts.ts";
import { auditLines } from "../audit.ts";
import { sessionByCookie } from "../sessions.ts";
import { later, makePerson, morning } from "../testing.ts";
import type { Person } from "../person.ts";
import { TestAuthenticator, type Flaw } from "./authenticator.testing.ts";
import { askForPasskey, askForProof, checkNewPasskey, checkProof, type CeremonyParts } from "./ceremony.ts";
import { confirmByPasskey, enterByPasskey } from "./enter-by-passkey.ts";
import { addPasskey, passkeysOf, removePasskey, renamePasskey } from "./passkeys.ts";

const siteUrl = "https://hub.example";
const at = (storage: Storage, seconds = 0): CeremonyParts => ({ storage, siteUrl, now: later(seconds) });
const visitor = { userAgent: "Test", address: "192.0.2.7", binding: "browser" };
const registering = { purpose: "register", binding: "session" } as const;
const entering = { purpose: "sign-in", binding: "browser" } as const;

async function withPasskey(storage: Storage, person: Person): Promise<TestAuthenticator> {
  const device = new TestAuthenticator(siteUrl);
  const { options, ticket } = await askForPasskey(at(storage), person, registering);
  const made = await checkNewPasskey(at(storage), registering, { ticket, response: device.register(options) });
  if (!made) throw new Error("The passkey was refused");
  await storage.write((db) => addPasskey(db, { ...made, accountId: person.id, name: "Laptop" }, morning));
  return device;
}

async function enterWith(storage: Storage, device: TestAuthenticator, flaw: Flaw = {}, seconds = 10) {
  const { options, ticket } = await askForProof(at(storage, seconds), entering);
  return enterByPasskey(at(storage, seconds + 1), visitor, { ticket, response: device.prove(options, flaw) });
}

for (const dialect of databases) {
  test(`${dialect}: a passkey says who somebody is and begins a session that has proved itself`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makePerson(storage, "kim");
    const device = await withPasskey(storage, kim);

    const entered = await enterWith(storage, device);

    if (!entered.ok) return t.fail();
    const found = await sessionByCookie(storage, entered.cookie, later(12));
    t.is(found?.account.id, kim.id);
    t.is(found?.session.confirmedAt, later(11).toISOString());
    t.like((await passkeysOf(storage, kim.id))[0], { name: "Laptop", counter: 2, usedAt: later(11).toISOString() });
  });

  test(`${dialect}: a question is answered once: a replayed answer is refused, and so is one after five minutes`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const device = await withPasskey(storage, await makePerson(storage, "kim"));
    const { options, ticket } = await askForProof(at(storage), entering);
    const answer = { ticket, response: device.prove(options) };

    t.true((await enterByPasskey(at(storage, 1), visitor, answer)).ok);
    t.like(await enterByPasskey(at(storage, 2), visitor, answer), { ok: false, reason: "wrong" });
    const late = await askForProof(at(storage), entering);
    const response = device.prove(late.options);
    t.like(await enterByPasskey(at(storage, 300), visitor, { ticket: late.ticket, response }), { ok: false, reason: "wrong" });
  });

  test(`${dialect}: a count that falls is refused and written down; authenticators that do not count are let in`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makePerson(storage, "kim");
    const device = await withPasskey(storage, kim);

    t.true((await enterWith(storage, device, { count: 7 })).ok);
    t.like(await enterWith(storage, device, { count: 7 }), { ok: false, reason: "wrong" });
    t.like(await enterWith(storage, device, { count: 3 }), { ok: false, reason: "wrong" });

    t.like((await auditLines(storage))[0], { action: "passkey.count-fell", accountId: kim.id, detail: { stored: 7, given: 3 } });
    await storage.write((db) => db.run("UPDATE passkeys SET counter = 0"));
    t.true((await enterWith(storage, device, { count: 0 })).ok);
    t.true((await enterWith(storage, device, { count: 0 })).ok);
  });

  test(`${dialect}: people name and remove their own passkeys, and nobody else's`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const [kim, lee] = [await makePerson(storage, "kim"), await makePerson(storage, "lee")];
    const device = await withPasskey(storage, kim);
    const [{ id } = { id: "" }] = await passkeysOf(storage, kim.id);

    t.false(await storage.write((db) => renamePasskey(db, lee.id, id, "Mine")));
    t.is(await storage.write((db) => removePasskey(db, lee.id, id)), null);
    t.true(await storage.write((db) => renamePasskey(db, kim.id, id, " Phone ")));
    t.is(await storage.write((db) => removePasskey(db, kim.id, id)), "Phone");

    t.like(await enterWith(storage, device), { ok: false, reason: "wrong" });
  });
}

for (const [what, flaw] of [
  ["another site", { origin: "https://evil.example" }],
  ["another host than the hub's", { rpId: "evil.example" }],
  ["another question", { challenge: "AAAA" }],
  ["nobody who was asked for a finger or a PIN", { isUnverified: true }],
  ["another person's handle", { userHandle: "bm9ib2R5" }],
] as [string, Flaw][])
  test(`an answer from ${what} is refused`, async (t) => {
    const storage = await openTestStorage(t);
    const device = await withPasskey(storage, await makePerson(storage, "kim"));

    t.like(await enterWith(storage, device, flaw), { ok: false, reason: "wrong" });
  });

test("an answer counts only for the question, and the browser, that it was asked in", async (t) => {
  const storage = await openTestStorage(t);
  const kim = await makePerson(storage, "kim");
  const device = await withPasskey(storage, kim);
  const ask = async () => {
    const { options, ticket } = await askForProof(at(storage), entering);
    return { ticket, response: device.prove(options) };
  };

  t.like(await enterByPasskey(at(storage), { ...visitor, binding: "another" }, await ask()), { reason: "wrong" });
  const who = { accountId: kim.id, binding: "browser", address: "" };
  t.false(await confirmByPasskey(at(storage), who, await ask()));
});

test("who is signed in confirms with a passkey of their own, not with somebody else's", async (t) => {
  const storage = await openTestStorage(t);
  const [kim, lee] = [await makePerson(storage, "kim"), await makePerson(storage, "lee")];
  const [hers, his] = [await withPasskey(storage, kim), await withPasskey(storage, lee)];
  const confirm = async (device: TestAuthenticator) => {
    const { options, ticket } = await askForProof(at(storage), { purpose: "confirm", binding: "session" }, kim);
    const answer = { ticket, response: device.prove(options) };
    return confirmByPasskey(at(storage), { accountId: kim.id, binding: "session", address: "" }, answer);
  };

  t.true(await confirm(hers));
  t.false(await confirm(his));
});

for (const response of [
  "",
  "{",
  "null",
  "[]",
  '{"id":7}',
  '{"id":"x"}',
  '{"id":"x","response":{}}',
  `{"id":"${"x".repeat(30_000)}"}`,
])
  test(`nonsense instead of an answer is refused: ${response.slice(0, 30)}`, async (t) => {
    const storage = await openTestStorage(t);
    const device = await withPasskey(storage, await makePerson(storage, "kim"));
    const { ticket } = await askForProof(at(storage), entering);
    const forDevice = response.replace('"x"', `"${device.credentialId}"`);

    t.is(await checkProof(at(storage), entering, { ticket, response: forDevice }), null);
    const asked = await askForPasskey(at(storage), await makePerson(storage, "lee"), registering);
    t.is(await checkNewPasskey(at(storage), registering, { ticket: asked.ticket, response }), null);
  });

test("a suspended person's passkey opens nothing", async (t) => {
  const storage = await openTestStorage(t);
  const kim = await makePerson(storage, "kim");
  const device = await withPasskey(storage, kim);
  await storage.write((db) => suspend(db, kim.id, later(1)));

  t.deepEqual(await enterWith(storage, device), { ok: false, reason: "suspended", accountId: kim.id });
});

test("one passkey is not kept twice, and 20 are the most", async (t) => {
  const storage = await openTestStorage(t);
  const kim = await makePerson(storage, "kim");
  const add = (credentialId: string) => {
    const made = { credentialId, publicKey: "AA", counter: 0, transports: [], isSynced: false, name: "" };
    return storage.write((db) => addPasskey(db, { ...made, accountId: kim.id }, morning));
  };

  for (let i = 0; i < 19; i++) await add(`key ${i}`);
  await t.throwsAsync(add("key 3"), { message: /already/ });
  await add("key 19");
  await t.throwsAsync(add("key 20"), { message: /20 passkeys are the most/ });
});
