import test from "ava";
import { moveHome } from "../blogs/domains/move-home.ts";
import { addDomain, markVerified } from "../blogs/hosts.ts";
import type { HookName } from "../hooks/catalogue.ts";
import { definePlugin } from "../host/define-plugin.ts";
import { changeProfile, tellProfile } from "../people/profile.ts";
import { deleteAccount, recallAccount, restoreAccount, suspendAccount } from "../residents/standing/account-standing.ts";
import { deleteBlog, recallBlog, restoreBlog, suspendBlog } from "../residents/standing/blog-standing.ts";
import { createAccount } from "../people/accounts.ts";
import { createTestHost } from "../testing/test-host.ts";

const names = [
  "blog.deleted",
  "blog.recalled",
  "blog.suspended",
  "blog.restored",
  "blog.domainChanged",
  "account.deleted",
  "account.recalled",
  "account.suspended",
  "account.restored",
  "profile.updated",
] as const;

test("what becomes of blogs and people is told at once and by jobs, and not when it did not happen", async (t) => {
  const told: string[] = [];
  const plugin = (id: string, durable: boolean) =>
    definePlugin({
      id,
      name: "Diary",
      description: "Notes.",
      version: "1.0.0",
      api: 1,
      capabilities: ["accounts:read"],
      hooks: Object.fromEntries(
        names.map((name) => {
          const run = (value: object, context: { readonly blog: { host: string } }) => {
            const of = name.startsWith("blog") ? context.blog.host : "nobody's";
            told.push(`${id} ${name} ${of} ${JSON.stringify(value).includes("@") ? "with e-mail" : ""}`.trim());
          };
          return [name, durable ? { durable, run } : run];
        }),
      ) as { [N in HookName]?: never },
    });
  const host = await createTestHost(t, { plugins: [plugin("now", false), plugin("later", true)] });
  const scope = host.scope();
  const { storage, clock } = host.house;
  const ana = await storage.write((db) =>
    createAccount(db, { username: "ana", name: "Ana", email: "ana@mail.example", passwordHash: "" }, clock.now()),
  );

  await storage.write((db) => deleteBlog(scope, db, host.blog));
  await storage.write((db) => recallBlog(scope, db, host.blog));
  await storage.write((db) => suspendBlog(scope, db, host.blog));
  await storage.write((db) => restoreBlog(scope, db, host.blog));
  await storage.write(async (db) => {
    const { host: name } = await addDomain(db, host.blog.id, "birds.example", { hub: host.house.site, now: clock.now() });
    await markVerified(db, host.blog.id, name);
    await moveHome(scope, db, host.blog, name);
  });
  await storage.write((db) => deleteAccount(scope, db, ana, "erase"));
  await storage.write((db) => recallAccount(scope, db, ana));
  await storage.write((db) => suspendAccount(scope, db, ana, { reason: "", withBlogs: false }));
  await storage.write((db) => restoreAccount(scope, db, ana));
  const rename = async (name: string) =>
    storage.write(async (db) => {
      await changeProfile(db, ana.id, { name }, clock.now());
      await tellProfile(scope, db, ana);
    });
  await rename("Ana");
  await rename("Ana B.");
  await t.throwsAsync(
    storage.write(async (db) => {
      await deleteBlog(scope, db, host.blog);
      throw new Error("The power went.");
    }),
  );
  await host.runJobs();

  const expected = (id: string) => [
    `${id} blog.deleted ${host.blog.host}`,
    `${id} blog.recalled ${host.blog.host}`,
    `${id} blog.suspended ${host.blog.host}`,
    `${id} blog.restored ${host.blog.host}`,
    `${id} blog.domainChanged birds.example`,
    `${id} account.deleted nobody's`,
    `${id} account.recalled nobody's`,
    `${id} account.suspended nobody's`,
    `${id} account.restored nobody's`,
    `${id} profile.updated nobody's`,
  ];
  t.deepEqual(
    told.filter((line) => line.startsWith("now")),
    expected("now"),
  );
  t.deepEqual(
    told
      .filter((line) => line.startsWith("later"))
      .map((line) => line.replace(/ \S+\.example(?=$)/, " host"))
      .toSorted(),
    expected("later")
      .map((line) => line.replace(/ \S+\.example(?=$)/, " host"))
      .toSorted(),
  );
});
