import test from "ava";
import { Secret, TOTP } from "otpauth";
import type { Storage } from "../../storage/storage.ts";
import { databases, openTestStorage } from "../../storage/testing.ts";
import { createAccount, suspend } from "../accounts.ts";
import { hashPassword } from "../passwords.ts";
import { SecretBox } from "../secret-box.ts";
import { sessionByCookie } from "../sessions.ts";
import { signIn } from "../sign-in.ts";
import { later, makePerson, morning } from "../testing.ts";
import { passSecondFactor } from "./pass-second-factor.ts";
import { makeRecoveryCodes, recoveryCodesLeft, useRecoveryCode } from "./recovery-codes.ts";
import {
  draftSecondFactor,
  draftSecret,
  secondFactorSince,
  switchOffSecondFactor,
  switchOnSecondFactor,
} from "./second-factor.ts";
import { totpAddress, totpStep } from "./totp.ts";

const secrets = new SecretBox("a secret of thirty-two letters or more");
const password = "seven herons in the reeds";
const passwordHash = await hashPassword(password);
const visitor = { userAgent: "Test", address: "192.0.2.7" };
const codeAt = (secret: string, seconds: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: later(seconds).getTime() });
const houseAt = (storage: Storage, seconds: number) => ({
  storage,
  secrets,
  clock: { now: () => later(seconds) },
  site: { url: "https://hub.example" },
});

async function withSecondFactor(storage: Storage) {
  const account = { username: "kim", email: "kim@mail.example", passwordHash };
  const kim = await storage.write((db) => createAccount(db, account, morning));
  await storage.write((db) => draftSecondFactor(db, secrets, kim.id, morning));
  const secret = (await draftSecret(storage, secrets, kim.id))!;
  const proof = { accountId: kim.id, code: codeAt(secret, 0) };
  const codes = (await storage.write((db) => switchOnSecondFactor(db, secrets, proof, morning)))!;
  return { kim, secret, codes };
}

async function halfwayAt(storage: Storage, seconds: number): Promise<string> {
  const result = await signIn(storage, { name: "kim", password, ...visitor }, later(seconds));
  return !result.ok && result.reason === "code" ? result.halfway : "";
}

const pass = (storage: Storage, seconds: number, given: { halfway: string; code: string }) =>
  passSecondFactor(houseAt(storage, seconds), { ...visitor, ...given });

for (const dialect of databases) {
  test(`${dialect}: with a second step the password alone opens nothing; with the app's code it does, once`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const { kim, secret } = await withSecondFactor(storage);
    const halfway = await halfwayAt(storage, 60);

    t.is(await sessionByCookie(storage, halfway, later(61)), null);
    t.like(await pass(storage, 61, { halfway, code: "000000" }), { reason: "wrong" });
    const entered = await pass(storage, 62, { halfway, code: codeAt(secret, 62) });

    if (!entered.ok) return t.fail(entered.reason);
    t.is((await sessionByCookie(storage, entered.cookie, later(63)))?.account.id, kim.id);
    t.like(await pass(storage, 63, { halfway, code: codeAt(secret, 93) }), { reason: "stale" });
  });

  test(`${dialect}: a code of the app counts once, also in another sign-in, and neither does an earlier one afterwards`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const { secret } = await withSecondFactor(storage);
    const code = codeAt(secret, 60);

    t.true((await pass(storage, 60, { halfway: await halfwayAt(storage, 60), code })).ok);
    t.like(await pass(storage, 61, { halfway: await halfwayAt(storage, 61), code }), { reason: "wrong" });
    t.like(await pass(storage, 62, { halfway: await halfwayAt(storage, 62), code: codeAt(secret, 32) }), { reason: "wrong" });
    t.true((await pass(storage, 63, { halfway: await halfwayAt(storage, 63), code: codeAt(secret, 93) })).ok);
  });

  test(`${dialect}: a recovery code counts once, however it is written, and its owner is told`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const { kim, codes } = await withSecondFactor(storage);
    const typed = codes[3]!.toUpperCase().replaceAll("-", " ");

    const entered = await pass(storage, 60, { halfway: await halfwayAt(storage, 60), code: typed });

    t.like(entered, { ok: true, by: "recovery" });
    t.is(await recoveryCodesLeft(storage, kim.id), 9);
    t.like(await pass(storage, 61, { halfway: await halfwayAt(storage, 61), code: typed }), { reason: "wrong" });
    t.regex(JSON.stringify(await storage.query("SELECT data FROM jobs")), /recovery-used/);
  });

  test(`${dialect}: ten wrong codes an hour are the most, however many right passwords go with them`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const { secret } = await withSecondFactor(storage);

    for (let i = 0; i < 10; i++) {
      const halfway = await halfwayAt(storage, 60);
      const result = await passSecondFactor(houseAt(storage, 60), {
        userAgent: "",
        address: `192.0.2.${i}`,
        halfway,
        code: "000000",
      });
      t.like(result, { reason: "wrong" });
    }

    const halfway = await halfwayAt(storage, 61);
    t.like(await pass(storage, 61, { halfway, code: codeAt(secret, 61) }), { reason: "too-many", retryAfter: 360 });
  });

  test(`${dialect}: the second step is on only after a code was seen, and off it leaves nothing behind`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makePerson(storage, "kim");
    await storage.write((db) => draftSecondFactor(db, secrets, kim.id, morning));
    const secret = (await draftSecret(storage, secrets, kim.id))!;
    const on = (code: string) => storage.write((db) => switchOnSecondFactor(db, secrets, { accountId: kim.id, code }, morning));

    t.is(await on("000000"), null);
    t.is(await secondFactorSince(storage, kim.id), null);
    t.is((await on(codeAt(secret, 0)))?.length, 10);
    t.truthy(await secondFactorSince(storage, kim.id));
    t.is(await draftSecret(storage, secrets, kim.id), null);
    const stored = JSON.stringify(await storage.query("SELECT * FROM secrets"));
    t.false(stored.includes(secret), "sealed");

    t.true(await storage.write((db) => switchOffSecondFactor(db, kim.id)));
    t.is((await storage.query("SELECT place FROM secrets")).length, 0);
    t.is(await recoveryCodesLeft(storage, kim.id), 0);
  });
}

test("the word of a half-way sign-in is over after ten minutes, and with a suspension", async (t) => {
  const storage = await openTestStorage(t);
  const { kim, secret } = await withSecondFactor(storage);
  const first = await halfwayAt(storage, 0);
  const second = await halfwayAt(storage, 60);

  t.like(await pass(storage, 600, { halfway: first, code: codeAt(secret, 600) }), { reason: "stale" });
  await storage.write((db) => suspend(db, kim.id, later(61)));
  t.like(await pass(storage, 62, { halfway: second, code: codeAt(secret, 62) }), { reason: "stale" });
  t.like(await pass(storage, 62, { halfway: "made up", code: codeAt(secret, 62) }), { reason: "stale" });
});

test("new recovery codes end the old ones; another person's do not count; only hashes are stored", async (t) => {
  const storage = await openTestStorage(t);
  const [kim, lee] = [await makePerson(storage, "kim"), await makePerson(storage, "lee")];
  const make = (id: string) => storage.write((db) => makeRecoveryCodes(db, id, morning));
  const use = (id: string, code: string) => storage.write((db) => useRecoveryCode(db, id, code));
  const [old, his] = [await make(kim.id), await make(lee.id)];
  const fresh = await make(kim.id);

  t.true(fresh.every((code) => /^([a-z0-9]{4}-){3}[a-z0-9]{4}$/.test(code)));
  t.is(new Set(fresh).size, 10);
  t.false(await use(kim.id, old[0]!));
  t.false(await use(kim.id, his[0]!));
  t.false(await use(kim.id, ""));
  t.true(await use(kim.id, fresh[0]!));
  const stored = JSON.stringify(await storage.query("SELECT * FROM recovery_codes"));
  t.false(fresh.some((code) => stored.includes(code.replaceAll("-", ""))));
});

test("a code of one step before or after counts (clocks differ), further away it does not", (t) => {
  const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
  const step = Math.floor(morning.getTime() / 30_000);

  for (const [seconds, expected] of [
    [-60, null],
    [-30, step - 1],
    [0, step],
    [30, step + 1],
    [60, null],
  ] as const)
    // prettier-ignore
    t.is(totpStep(secret, codeAt(secret, seconds), morning), expected, `${seconds} s`);
  for (const nonsense of ["", "12345", "1234567", "abcdef", "１２３４５６"]) t.is(totpStep(secret, nonsense, morning), null);
  t.regex(totpAddress(secret, { issuer: "hub.example", label: "kim" }), /^otpauth:\/\/totp\/hub\.example:kim\?.*secret=JBSWY/);
});
