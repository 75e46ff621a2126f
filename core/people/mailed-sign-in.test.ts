import test from "ava";
import { createTestHost, type TestHost } from "../testing/test-host.ts";
import { databases, testDatabase } from "../storage/testing.ts";
import { mailFolder } from "../net/mail-transport.ts";
import { personById, suspend } from "./accounts.ts";
import { auditLines } from "./audit.ts";
import { confirmEmail, emailOfLink, waitingEmail, wantEmail } from "./change-email.ts";
import { enterByLink, personOfLink } from "./enter-by-link.ts";
import { eraseSignIn } from "./erase-sign-in.ts";
import { askForLink, type WantedLink } from "./mailed-sign-in.ts";
import { keptMails } from "./mail/mail-folder.ts";
import { draftSecondFactor, secondFactorSince } from "./second-factor/second-factor.ts";
import { passwordProblem } from "./passwords.ts";
import { personOfReset, resetPassword } from "./reset-password.ts";
import { sessionByCookie, startSession } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { makePerson } from "./testing.ts";

const visitor = { userAgent: "Test", address: "192.0.2.7" };
const password = "eight geese on the lawn";

async function host(t: Parameters<typeof createTestHost>[0], dialect: (typeof databases)[number] = "sqlite") {
  const found = await createTestHost(t, { databaseUrl: await testDatabase(t, dialect) });
  return { found, house: found.house, lee: await makePerson(found.house.storage, "lee") };
}

const ask = ({ house }: TestHost, wanted: Partial<WantedLink>, address = visitor.address) =>
  askForLink(house.scope({ via: "web", address }), { purpose: "sign-in", name: "lee", next: "/account", ...wanted });

async function mailsOf(found: TestHost) {
  await found.runJobs();
  return (await keptMails(mailFolder(found.folder), { limit: 30 })).mails;
}

async function tokenIn(found: TestHost, wanted: Partial<WantedLink> = {}): Promise<string> {
  await ask(found, wanted);
  return /token=([\w-]{43})/.exec((await mailsOf(found))[0]!.text)![1]!;
}

for (const dialect of databases) {
  test(`${dialect}: a mailed link signs in once, within a quarter of an hour, and goes on where one wanted to`, async (t) => {
    const { found, house, lee } = await host(t, dialect);
    const { storage, clock } = house;
    await storage.write((db) => db.run("UPDATE accounts SET password_hash = 'some' WHERE id = ?", [lee.id]));
    const [first, second] = [await tokenIn(found), await tokenIn(found, { name: "LEE@mail.example" })];

    t.is((await personOfLink(storage, first, clock.now()))?.id, lee.id, "looking at it uses nothing up");
    const entered = await enterByLink(storage, { ...visitor, token: first }, clock.now());

    if (!entered || !("cookie" in entered)) return t.fail();
    t.is(entered.next, "/account");
    const session = await sessionByCookie(storage, entered.cookie, clock.now());
    t.is(session?.account.id, lee.id);
    t.is(session?.session.confirmedAt, null, "sensitive changes want more than a mail");
    t.is(await enterByLink(storage, { ...visitor, token: first }, clock.now()), null);
    t.is(await enterByLink(storage, { ...visitor, token: second }, clock.now()), null, "others end with it");
    const late = await tokenIn(found);
    found.clock.advance({ minutes: 15 });
    t.is(await enterByLink(storage, { ...visitor, token: late }, clock.now()), null);
  });

  test(`${dialect}: for somebody with neither password nor passkey a mailed link is proof enough`, async (t) => {
    const { found, house } = await host(t, dialect);
    const { storage, clock } = house;

    const entered = await enterByLink(storage, { ...visitor, token: await tokenIn(found) }, clock.now());

    if (!entered || !("cookie" in entered)) return t.fail();
    t.not((await sessionByCookie(storage, entered.cookie, clock.now()))?.session.confirmedAt, null);
  });

  test(`${dialect}: a new password by mail ends every session and other link, and tells its owner`, async (t) => {
    const { found, house, lee } = await host(t, dialect);
    const { storage, clock } = house;
    const { cookie } = await storage.write((db) => startSession(db, lee.id, visitor, clock.now()));
    const link = await tokenIn(found);
    const token = await tokenIn(found, { purpose: "reset" });

    t.is((await personOfReset(house, token))?.id, lee.id);
    await t.throwsAsync(resetPassword(house, { token, password: "password1", address: "" }), {
      message: passwordProblem("password1")!,
    });
    t.true(await resetPassword(house, { token, password, address: "" }));

    t.true((await signIn(storage, { ...visitor, name: "lee", password }, clock.now())).ok);
    t.is(await sessionByCookie(storage, cookie, clock.now()), null);
    t.is(await personOfLink(storage, link, clock.now()), null);
    t.false(await resetPassword(house, { token, password: "nine swans on the pond", address: "" }), "used");
    t.regex((await mailsOf(found))[0]!.subject, /password was changed/);
  });

  test(`${dialect}: another e-mail address counts when it was confirmed, by its own person, and the old one hears of it`, async (t) => {
    const { found, house, lee } = await host(t, dialect);
    const { storage, clock } = house;
    const ana = await makePerson(storage, "ana");
    await storage.write((db) => wantEmail(house, db, lee, " New@Lee.example "));
    const [asked] = await mailsOf(found);
    const token = /token=([\w-]{43})/.exec(asked!.text)![1]!;

    t.is(asked!.to, "new@lee.example");
    t.is(await waitingEmail(storage, lee.id, clock.now()), "new@lee.example");
    t.is((await personById(storage, lee.id))?.email, "lee@mail.example");
    t.is(await emailOfLink(house, ana.id, token), null);
    t.is(await confirmEmail(house, ana.id, token), null);
    t.is(await confirmEmail(house, lee.id, token), "new@lee.example");

    t.is((await personById(storage, lee.id))?.email, "new@lee.example");
    t.is(await waitingEmail(storage, lee.id, clock.now()), null);
    t.is((await mailsOf(found))[0]!.to, "lee@mail.example");
    t.is(await confirmEmail(house, lee.id, token), null);
    await storage.write(async (db) => wantEmail(house, db, (await personById(storage, lee.id))!, ""));
    t.is((await personById(storage, lee.id))?.email, undefined);
  });

  test(`${dialect}: nothing of how somebody signs in is left after it is erased`, async (t) => {
    const { house, lee } = await host(t, dialect);
    const { storage, clock } = house;
    await storage.write((db) => startSession(db, lee.id, visitor, clock.now()));
    await storage.write((db) => draftSecondFactor(db, house.secrets, lee.id, clock.now()));
    await storage.write((db) => wantEmail(house, db, lee, "new@lee.example"));

    await storage.write((db) => eraseSignIn(db, lee.id));

    t.deepEqual(await storage.query("SELECT id_hash FROM sessions WHERE account_id = ?", [lee.id]), []);
    t.deepEqual(await storage.query("SELECT token_hash FROM one_time_links WHERE subject = ?", [lee.id]), []);
    t.deepEqual(await storage.query("SELECT place FROM secrets WHERE place LIKE 'account/%'"), []);
  });
}

test("for nobody, somebody suspended and somebody without an address no mail goes out, and the answer is the same", async (t) => {
  const { found, house, lee } = await host(t);
  const { storage, clock } = house;
  await storage.write((db) => suspend(db, lee.id, clock.now()));
  const before = async () => (await storage.query("SELECT name, data FROM jobs WHERE name = 'sign-in-mail'")).length;

  for (const name of ["nobody", "nobody@mail.example", "lee", "lee@mail.example", "kim"])
    for (const purpose of ["sign-in", "reset"] as const) t.is(await ask(found, { name, purpose }), 0, `${purpose} ${name}`);

  t.is(await before(), 10, "what is done at the time of asking does not depend on who there is");
  t.deepEqual(await mailsOf(found), []);
});

test("a second step stays on through a new password, and a mailed link is asked for its code", async (t) => {
  const { found, house, lee } = await host(t);
  const { storage, clock } = house;
  await storage.write((db) =>
    db.run("INSERT INTO second_factors (account_id, last_step, created_at) VALUES (?, 0, ?)", [
      lee.id,
      clock.now().toISOString(),
    ]),
  );
  const token = await tokenIn(found, { purpose: "reset" });

  await resetPassword(house, { token, password, address: "" });
  const byLink = await enterByLink(storage, { ...visitor, token: await tokenIn(found) }, clock.now());

  t.truthy(await secondFactorSince(storage, lee.id));
  t.like(await signIn(storage, { ...visitor, name: "lee", password }, clock.now()), { ok: false, reason: "code" });
  t.true(byLink !== null && "halfway" in byLink);
});

test("three resets an hour for a name and twenty mails for an address are the most, whether there is such a person or not", async (t) => {
  const { found } = await host(t);

  for (const name of ["lee", "nobody"]) {
    for (let i = 0; i < 3; i++) t.is(await ask(found, { purpose: "reset", name }), 0);
    t.is(await ask(found, { purpose: "reset", name }), 1200);
  }
  for (let i = 0; i < 14; i++) t.is(await ask(found, { name: `somebody-${i}` }), 0);
  t.true((await ask(found, { name: "another" })) > 0);
  t.is(await ask(found, { name: "another" }, "192.0.2.99"), 0);
});

test("an address that another account has is not given away when it is asked for, and refused when it is confirmed", async (t) => {
  const { found, house, lee } = await host(t);
  await makePerson(house.storage, "ana");
  await house.storage.write((db) => wantEmail(house, db, lee, "ana@mail.example"));
  const token = /token=([\w-]{43})/.exec((await mailsOf(found))[0]!.text)![1]!;

  await t.throwsAsync(confirmEmail(house, lee.id, token), { message: /already/ });
  await t.throwsAsync(
    house.storage.write((db) => wantEmail(house, db, lee, "no address")),
    { message: /not an e-mail address/ },
  );
  t.is((await personById(house.storage, lee.id))?.email, "lee@mail.example");
  t.true((await auditLines(house.storage)).every((line) => line.action !== "account.email"));
});
