import test from "ava";
import { auditLines } from "../people/audit.ts";
import { createAccount } from "../people/accounts.ts";
import type { Notice } from "../hooks/values.ts";
import { createTestHost } from "../testing/test-host.ts";
import type { Context } from "./context.types.ts";
import { definePlugin } from "./define-plugin.ts";

async function open(t: Parameters<typeof createTestHost>[0], capabilities: readonly "moderate"[] = ["moderate"]) {
  const told: { accountId: string; notice: Notice }[] = [];
  let context: Context | undefined;
  const teller = definePlugin({
    id: "teller",
    name: "Teller",
    description: "Tells.",
    version: "1.0.0",
    api: 1,
    scope: "network",
    capabilities: ["accounts:read", ...capabilities],
    routes: [
      {
        method: "GET",
        path: "/teller",
        on: "blog",
        access: "public",
        run: (request) => ((context = request.context as unknown as Context), { text: "ok" }),
      },
    ],
    hooks: { "account.notice": { durable: true, run: (value) => void told.push(value) } },
  });
  const host = await createTestHost(t, { plugins: [teller] });
  await host.get("/teller");
  const { storage, clock } = host.house;
  const ana = await storage.write((db) =>
    createAccount(db, { username: "ana", role: "moderator", passwordHash: "" }, clock.now()),
  );
  return { host, context: context!, told, ana };
}

test("a notice is told once, by a job, to who is here, and not without end", async (t) => {
  const { host, context, told, ana } = await open(t);
  const notice = { kind: "reply", key: "somebody.replied", url: "/c/1", subject: "7" };

  t.true(await context.notify(ana.id, notice));
  t.false(await context.notify("01J00000000000000000000000", notice));
  await t.throwsAsync(context.notify(ana.id, { ...notice, kind: "No kind" }), { message: /kind/ });
  await host.runJobs();

  t.deepEqual(
    told.map(({ accountId, notice: { kind, text, url, subject, pluginId, from } }) => [
      accountId,
      kind,
      text,
      url,
      subject,
      pluginId,
      from,
    ]),
    [[ana.id, "reply", "somebody.replied", "/c/1", "7", "teller", null]],
  );
  for (let at = 1; at < 300; at++) await context.notify(ana.id, notice);
  t.false(await context.notify(ana.id, notice));
});

test("who moderates suspends people and lets them in again, in the log with a name", async (t) => {
  const { host, context, ana } = await open(t);
  const { storage } = host.house;

  t.deepEqual(
    (await context.people.byRole("moderator")).map(({ username }) => username).toSorted(),
    ["ana", host.account.username].toSorted(),
  );
  t.true(await context.people.suspend(ana.id, { reason: "Spam", withBlogs: true, by: host.account.id }));
  t.false(await context.people.suspend(ana.id, { reason: "Spam", withBlogs: true, by: host.account.id }));
  t.is((await context.people.standing(ana.id))?.state, "suspended");
  t.true(await context.people.restore(ana.id, { by: null }));
  t.is((await context.people.standing(ana.id))?.state, "active");
  t.is(await context.people.standing("01J00000000000000000000000"), null);
  await t.throwsAsync(context.people.suspend(host.account.id, { reason: "", withBlogs: false, by: null }), {
    message: /last admin/,
  });
  await context.audit({ action: "looked", subject: "ana", accountId: host.account.id, detail: { why: "a look" } });

  const lines = (await auditLines(storage)).map(({ action, subject, accountId }) => [action, subject, accountId]);
  t.deepEqual(lines.slice(0, 3), [
    ["teller.looked", "ana", host.account.id],
    ["account.restored", "ana", null],
    ["account.suspended", "ana", host.account.id],
  ]);
});

test("without the capability a plugin keeps nobody out", async (t) => {
  const { context, ana } = await open(t, []);
  await t.throwsAsync(context.people.standing(ana.id), { message: /moderate/ });
  await t.throwsAsync(context.people.suspend(ana.id, { reason: "", withBlogs: false, by: null }), { message: /moderate/ });
});
