import test from "ava";
import { roleOn } from "../../blogs/memberships.ts";
import type { PublicError } from "../../errors.ts";
import { databases } from "../../storage/testing.ts";
import { newcomer, testTown } from "../testing.ts";
import { freeNameNear, isNameTaken } from "./free-name.ts";
import { invite, openInvitation, openInvitations, revokeInvitation } from "./invitations.ts";
import { letIn, takeUp } from "./newcomer.ts";
import { countFrom, setSignUpRules, signUpRules } from "./sign-up-rules.ts";
import { approve, refuse, sweepSignUps, waitForAnswer, waitingSignUps } from "./sign-ups.ts";

const keyOf = (outcome: PromiseSettledResult<unknown>) =>
  outcome.status === "rejected" ? (outcome.reason as PublicError).key : "done";

for (const dialect of databases) {
  test(`${dialect}: an installation is closed until somebody says otherwise`, async (t) => {
    const { storage, clock } = await testTown(t, dialect);
    t.deepEqual(await signUpRules(storage), { mode: "closed", invitationsEach: 0, blogsEach: 1 });

    const rules = { mode: "approval", invitationsEach: 3, blogsEach: 2 } as const;
    await storage.write((db) => setSignUpRules(db, rules, clock.now()));

    t.deepEqual(await signUpRules(storage), rules);
  });

  test(`${dialect}: of two browsers that use one invitation at the same moment, one gets in and no half of the other stays`, async (t) => {
    const { storage, person, arrival, clock } = await testTown(t, dialect);
    const kim = await person("kim", "admin");
    const wanted = { blogId: null, role: "member", email: null, isMailed: false, accountId: kim.id } as const;
    const { id } = await storage.write((db) => invite(db, wanted, clock.now()));

    const outcomes = await Promise.allSettled(
      ["lee", "ana"].map((name) => storage.write((db) => letIn(db, newcomer(name, { invitationId: id }), arrival()))),
    );

    t.deepEqual(outcomes.map(keyOf).toSorted(), ["done", "invitation.used"]);
    t.is((await storage.query("SELECT id FROM accounts WHERE username <> 'kim'")).length, 1);
    t.is((await storage.query("SELECT id FROM blogs")).length, 1);
  });

  test(`${dialect}: an invitation to a blog gives its role once, and never takes one away`, async (t) => {
    const { storage, person, blog, arrival, clock } = await testTown(t, dialect);
    const [kim, lee] = [await person("kim"), await person("lee")];
    const site = await blog("kim", kim);
    const invitation = () =>
      storage.write((db) =>
        invite(db, { blogId: site.id, role: "author", email: null, isMailed: false, accountId: kim.id }, clock.now()),
      );
    const { id, token } = await invitation();

    t.is((await openInvitation(storage, token, clock.now())).role, "author");
    await storage.write((db) => takeUp(db, id, lee, arrival()));

    t.is(await roleOn(storage, site.id, lee.id), "author");
    await t.throwsAsync(openInvitation(storage, token, clock.now()), { message: /used already/ });
    const second = await invitation();
    await t.throwsAsync(
      storage.write((db) => takeUp(db, second.id, kim, arrival())),
      { message: /one of this blog's people already/ },
    );
    t.is(await roleOn(storage, site.id, kim.id), "owner");
    t.is((await openInvitation(storage, second.token, clock.now())).state, "open");
  });

  test(`${dialect}: an invitation that was taken back, is a week old or never was is refused in words of its own`, async (t) => {
    const { storage, person, clock, wait } = await testTown(t, dialect);
    const kim = await person("kim", "admin");
    const wanted = { blogId: null, role: "member", email: "Lee@Mail.example", isMailed: true, accountId: kim.id } as const;
    const make = () => storage.write((db) => invite(db, wanted, clock.now()));
    const [one, two] = [await make(), await make()];

    t.deepEqual(
      (await openInvitations(storage, { blogId: null, by: kim.id }, clock.now())).map(({ id, email }) => [id, email]),
      [
        [two.id, "lee@mail.example"],
        [one.id, "lee@mail.example"],
      ],
    );
    t.true(await storage.write((db) => revokeInvitation(db, one.id, { blogId: null })));
    t.false(await storage.write((db) => revokeInvitation(db, one.id, { blogId: null })));

    await t.throwsAsync(openInvitation(storage, one.token, clock.now()), { message: /taken back/ });
    wait(8);
    await t.throwsAsync(openInvitation(storage, two.token, clock.now()), { message: /counts for 7 days/ });
    await t.throwsAsync(openInvitation(storage, "nothing", clock.now()), { message: /no such invitation/ });
  });

  test(`${dialect}: whom two admins let in at the same moment is let in once`, async (t) => {
    const { storage, arrival, clock } = await testTown(t, dialect);
    const id = await storage.write((db) => waitForAnswer(db, newcomer("lee"), clock.now()));

    const outcomes = await Promise.allSettled([
      storage.write((db) => approve(db, id, arrival())),
      storage.write((db) => approve(db, id, arrival())),
    ]);

    t.deepEqual(outcomes.map(keyOf).toSorted(), ["done", "sign-up.decided"]);
    t.deepEqual(await storage.query("SELECT host FROM blogs"), [{ host: "lee.hub.example" }]);
    t.deepEqual(await waitingSignUps(storage), []);
  });

  test(`${dialect}: a name that waits is kept, is free again after a refusal, and nobody waits for ever`, async (t) => {
    const { storage, hub, clock, wait } = await testTown(t, dialect);
    const id = await storage.write((db) => waitForAnswer(db, newcomer("lee"), clock.now()));

    await t.throwsAsync(
      storage.write((db) => waitForAnswer(db, newcomer("lee", { email: null }), clock.now())),
      { message: /waiting for an answer/ },
    );
    t.true(await isNameTaken(storage, "lee", hub));
    t.is((await storage.write((db) => refuse(db, id))).email, "lee@mail.example");
    t.false(await isNameTaken(storage, "lee", hub));
    await t.throwsAsync(
      storage.write((db) => refuse(db, id)),
      { message: /decided already/ },
    );

    await storage.write((db) => waitForAnswer(db, newcomer("ana"), clock.now()));
    wait(91);
    t.is(await storage.write((db) => sweepSignUps(db, clock.now())), 1);
  });

  test(`${dialect}: for a name that cannot be had a free one near it is found`, async (t) => {
    const { storage, hub, person, blog } = await testTown(t, dialect);
    await blog("lee", await person("kim"));

    t.is(await freeNameNear(storage, "admin", hub), "admin-writes");
    t.is(await freeNameNear(storage, "kim", hub), "kim-writes");
    t.is(await freeNameNear(storage, "lee", hub), "lee-writes");
    t.is(await freeNameNear(storage, "Ana Müller!", hub), "ana-mu-ller");
    t.is(await freeNameNear(storage, "xn--ana", hub), "ana");
    t.is(await freeNameNear(storage, "…", hub), null);
  });
}

for (const [text, expected] of [
  ["0", 0],
  ["100", 100],
  ["101", null],
  ["-1", null],
  ["", null],
  ["1e1", null],
] as const)
  test(`“${text}” as a number of invitations is ${expected}`, (t) => t.is(countFrom(text), expected));
