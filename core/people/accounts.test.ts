import test from "ava";
import { databases, openTestStorage } from "../storage/testing.ts";
import * as accounts from "./accounts.ts";
import { nameProblem } from "./names.ts";
import { changeProfile } from "./profile.ts";
import { sessionByCookie, startSession } from "./sessions.ts";
import { later, makePerson, morning } from "./testing.ts";

for (const [name, isGood] of [
  ["kim", true],
  ["kim-2", true],
  ["9lives", true],
  ["a".repeat(40), true],
  ["a".repeat(41), false],
  ["", false],
  ["Kim", false],
  ["kim.lee", false],
  ["-kim", false],
  ["kim-", false],
  ["xn--kim", false],
  ["www", false],
  ["admin", false],
  ["api", false],
  ["mail", false],
  ["kïm", false],
] as const)
  test(`the name “${name}” ${isGood ? "can" : "cannot"} be taken`, (t) => t.is(nameProblem(name) === null, isGood));

for (const dialect of databases) {
  test(`${dialect}: a person is found by id, by name and by e-mail, however they are written`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makePerson(storage, "kim");

    t.deepEqual(await accounts.personById(storage, kim.id), kim);
    t.is((await accounts.personByUsername(storage, "KIM"))?.id, kim.id);
    t.is((await accounts.personByEmail(storage, " Kim@Mail.example "))?.id, kim.id);
    t.is(await accounts.personById(storage, "01JNOBODY00000000000000000"), null);
  });

  test(`${dialect}: others see no e-mail address and no preferences`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makePerson(storage, "kim");

    const seen = await accounts.accountById(storage, kim.id);

    t.false("email" in seen!);
    t.false("preferences" in seen!);
  });

  test(`${dialect}: a taken name and a taken e-mail address are refused with a sentence`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    await makePerson(storage, "kim");
    const make = (username: string, email: string) =>
      storage.write((db) => accounts.createAccount(db, { username, email, passwordHash: null }, morning));

    await t.throwsAsync(make("kim", "other@mail.example"), { message: /“kim” is taken/ });
    await t.throwsAsync(make("lee", "KIM@mail.example"), { message: /e-mail address already/ });
    await t.throwsAsync(make("lee", "no address"), { message: /not an e-mail address/ });
    await t.throwsAsync(make("www", "lee@mail.example"), { message: /kept for the installation/ });
    t.is((await accounts.listPeople(storage)).length, 1);
  });

  test(`${dialect}: people are listed by name, page after page`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    for (const name of ["lee", "ana", "kim"]) await makePerson(storage, name);

    const named = async (letters: string) => (await accounts.peopleNamed(storage, letters)).map(({ username }) => username);
    const [someone] = await accounts.listPeople(storage);
    t.true((await named(someone!.username.slice(0, 2))).includes(someone!.username));
    t.deepEqual(await named("zz"), []);
    const first = await accounts.listPeople(storage, { limit: 2 });
    const second = await accounts.listPeople(storage, { limit: 2, after: first[1]!.username });

    t.deepEqual(
      [...first, ...second].map((person) => person.username),
      ["ana", "kim", "lee"],
    );
  });

  test(`${dialect}: the last admin can neither be demoted nor suspended`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makePerson(storage, "kim", "admin");
    const lee = await makePerson(storage, "lee");

    await t.throwsAsync(
      storage.write((db) => accounts.setRole(db, kim.id, "member", later(1))),
      { message: /last admin/ },
    );
    await t.throwsAsync(
      storage.write((db) => accounts.suspend(db, kim.id, later(1))),
      { message: /last admin/ },
    );
    await storage.write((db) => accounts.setRole(db, lee.id, "admin", later(2)));
    await storage.write((db) => accounts.setRole(db, kim.id, "member", later(3)));

    t.is((await accounts.personById(storage, kim.id))?.role, "member");
    t.true(await accounts.hasAdmin(storage));
  });

  test(`${dialect}: of two admins that demote each other at once, one stays`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const both = [await makePerson(storage, "kim", "admin"), await makePerson(storage, "lee", "admin")];

    const results = await Promise.allSettled(
      both.map(({ id }) => storage.write((db) => accounts.setRole(db, id, "member", later(1)))),
    );

    t.deepEqual(results.map((result) => result.status).sort(), ["fulfilled", "rejected"]);
    t.true(await accounts.hasAdmin(storage));
  });

  test(`${dialect}: a suspended person's sessions end, and begin anew only after they are restored`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makePerson(storage, "kim");
    const start = () => storage.write((db) => startSession(db, kim.id, { userAgent: "", address: "" }, morning));
    const { cookie } = await start();

    await storage.write((db) => accounts.suspend(db, kim.id, later(1)));
    const afterwards = await start();

    t.is(await sessionByCookie(storage, cookie, later(2)), null);
    t.is(await sessionByCookie(storage, afterwards.cookie, later(2)), null);
    await storage.write((db) => accounts.restore(db, kim.id, later(3)));
    t.is(await sessionByCookie(storage, afterwards.cookie, later(4)), null);
    t.is((await sessionByCookie(storage, (await start()).cookie, later(4)))?.account.id, kim.id);
  });

  test(`${dialect}: a profile keeps what its form left out and refuses a zone that is none`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makePerson(storage, "kim");
    const change = (what: Parameters<typeof changeProfile>[2]) =>
      storage.write((db) => changeProfile(db, kim.id, what, later(1)));

    await change({ bio: "Writes 🐦", links: [{ label: "Home", url: "https://kim.example/" }], timeZone: "Europe/Berlin" });
    await change({ name: "\u202eKim K.\u2066" });

    const changed = (await accounts.personById(storage, kim.id))!;
    t.is(changed.bio, "Writes 🐦");
    t.is(changed.name, "Kim K.");
    t.is(changed.email, "kim@mail.example");
    t.deepEqual(changed.links, [{ label: "Home", url: "https://kim.example/" }]);
    await t.throwsAsync(change({ timeZone: "Mars/Olympus" }), { message: /not a time zone/ });
    await t.throwsAsync(change({ timeZone: "+02:00" }), { message: /not a time zone/ });
    await change({ links: [{ label: "Bad", url: "javascript:alert(1)" }] });
    t.deepEqual((await accounts.personById(storage, kim.id))!.links, []);
  });
}
