import test from "ava";
import type { Storage } from "../storage/storage.ts";
import { databases, openTestStorage } from "../storage/testing.ts";
import { createAccount, setRole, suspend } from "./accounts.ts";
import { takeAttempt } from "./attempts.ts";
import { auditLines } from "./audit.ts";
import { hashPassword } from "./passwords.ts";
import { endOtherSessions, endSession, sessionByCookie, sessionsOf, startSession, sweepSessions } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { later, makePerson, morning } from "./testing.ts";

const password = "seven herons in the reeds";
const passwordHash = await hashPassword(password);
const visitor = { userAgent: "Test", address: "192.0.2.7" };
const makeKim = (storage: Storage) =>
  storage.write((db) => createAccount(db, { username: "kim", email: "kim@mail.example", passwordHash }, morning));
const day = 24 * 3600;

for (const dialect of databases) {
  test(`${dialect}: name or e-mail and the password give a session with a new id each time`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makeKim(storage);

    const first = await signIn(storage, { name: "Kim", password, ...visitor }, morning);
    const second = await signIn(storage, { name: "kim@mail.example", password, ...visitor }, later(1));

    if (!first.ok || !second.ok) return t.fail();
    t.not(first.cookie, second.cookie);
    const found = await sessionByCookie(storage, first.cookie, later(2));
    t.is(found?.account.id, kim.id);
    t.is(found?.session.userAgent, "Test");
    const [row] = await storage.query("SELECT COUNT(*) AS n FROM sessions WHERE id_hash IN (?, ?)", [
      first.cookie,
      second.cookie,
    ]);
    t.is(Number(row!.n), 0, "the cookie itself is not stored");
  });

  test(`${dialect}: an unknown name and a wrong password get the same answer; only who knows the password hears of a suspension`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makeKim(storage);

    const unknown = await signIn(storage, { name: "lee", password, ...visitor }, morning);
    const wrong = await signIn(storage, { name: "kim", password: "not the one", ...visitor }, morning);
    await storage.write((db) => suspend(db, kim.id, morning));
    const suspended = await signIn(storage, { name: "kim", password, ...visitor }, morning);
    const guessed = await signIn(storage, { name: "kim", password: "not the one", ...visitor }, morning);

    t.deepEqual(
      [unknown, wrong, guessed],
      [1, 2, 3].map(() => ({ ok: false, reason: "wrong" })),
    );
    t.deepEqual(suspended, { ok: false, reason: "suspended", accountId: kim.id });
    t.deepEqual(
      (await auditLines(storage)).map((line) => line.action),
      Array(4).fill("sign-in.failed"),
    );
  });

  test(`${dialect}: after 10 wrong tries a name must wait, also with the right password and from elsewhere`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    await makeKim(storage);
    const attempt = (at: number, given: string) =>
      signIn(storage, { name: "kim", password: given, userAgent: "", address: `192.0.2.${at}` }, morning);

    for (let i = 0; i < 10; i++) t.like(await attempt(i, "not the one"), { reason: "wrong" });

    t.deepEqual(await attempt(99, password), { ok: false, reason: "too-many", retryAfter: 90 });
    const afterwards = await signIn(storage, { name: "kim", password, ...visitor }, later(90));
    t.true(afterwards.ok);
  });

  test(`${dialect}: after 30 tries an address must wait, its whole IPv6 network with it, and others need not`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const attempt = (name: string, address: string) => signIn(storage, { name, password: "x", userAgent: "", address }, morning);
    await storage.write(async (db) => {
      for (let i = 0; i < 30; i++) await takeAttempt(db, { "sign-in address 2001:db8:0:7": { size: 30, seconds: 900 } }, morning);
    });

    t.like(await attempt("lee", "2001:db8:0:7:1::9"), { reason: "too-many" });
    t.like(await attempt("lee", "2001:db8:0:8::9"), { reason: "wrong" });
  });

  test(`${dialect}: a session lives 14 days unused, 90 in all`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makePerson(storage, "kim");
    const { cookie } = await storage.write((db) => startSession(db, kim.id, visitor, morning));

    t.truthy(await sessionByCookie(storage, cookie, later(13 * day)));
    for (let at = 26; at < 90; at += 13) t.truthy(await sessionByCookie(storage, cookie, later(at * day)), `day ${at}`);
    t.is(await sessionByCookie(storage, cookie, later(90 * day)), null);

    const { cookie: unused } = await storage.write((db) => startSession(db, kim.id, visitor, morning));
    t.is(await sessionByCookie(storage, unused, later(14 * day)), null);
    t.is(await storage.write((db) => sweepSessions(db, later(90 * day))), 2);
  });

  test(`${dialect}: people end their own sessions, one or all others, and nobody else's`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const [kim, lee] = [await makePerson(storage, "kim"), await makePerson(storage, "lee")];
    const start = (id: string) => storage.write((db) => startSession(db, id, visitor, morning));
    const [one, two, three, hers] = [await start(kim.id), await start(kim.id), await start(kim.id), await start(lee.id)];

    t.false(await storage.write((db) => endSession(db, kim.id, hers.session.idHash)));
    t.true(await storage.write((db) => endSession(db, kim.id, one.session.idHash)));
    t.is(await storage.write((db) => endOtherSessions(db, kim.id, two.session.idHash)), 1);

    t.deepEqual(
      (await sessionsOf(storage, kim.id, later(1))).map((session) => session.idHash),
      [two.session.idHash],
    );
    t.is(await sessionByCookie(storage, three.cookie, later(1)), null);
    t.truthy(await sessionByCookie(storage, hers.cookie, later(1)));
  });
}

test("another role ends the sessions under the old one; the same role again does not", async (t) => {
  const storage = await openTestStorage(t);
  const kim = await makePerson(storage, "kim");
  const { cookie } = await storage.write((db) => startSession(db, kim.id, visitor, morning));

  await storage.write((db) => setRole(db, kim.id, "member", later(1)));
  t.truthy(await sessionByCookie(storage, cookie, later(2)));
  await storage.write((db) => setRole(db, kim.id, "moderator", later(3)));
  t.is(await sessionByCookie(storage, cookie, later(4)), null);
});

test("a cookie that is no session id is nobody's, without asking the database", async (t) => {
  const storage = await openTestStorage(t);

  for (const cookie of ["", "x", "' OR 1=1 --", "a".repeat(44)]) t.is(await sessionByCookie(storage, cookie, morning), null);
});
