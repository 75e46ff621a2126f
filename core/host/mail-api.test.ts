import test from "ava";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTestHost } from "../testing/test-host.ts";
import type { Context } from "./context.types.ts";
import { definePlugin } from "./define-plugin.ts";

async function openPost(t: Parameters<typeof createTestHost>[0], more: object = { capabilities: ["mail:send"] }) {
  let mail: Context["mail"] | undefined;
  const plugin = definePlugin({
    id: "letters",
    name: "Letters",
    description: "Writes.",
    version: "1.0.0",
    api: 1,
    ...more,
    routes: [
      {
        method: "GET",
        path: "/context",
        on: "blog",
        access: "public",
        run: ({ context }) => ((mail = context.mail), { text: "ok" }),
      },
    ],
  });
  const host = await createTestHost(t, { plugins: [plugin] });
  await host.get("/context");
  const letters = () => {
    const folder = join(host.folder, "mail");
    return readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  };
  return { host, mail: mail!, letters };
}

test("a plugin's mail goes out by the queue, sealed until then, with a way to leave", async (t) => {
  const { host, mail, letters } = await openPost(t);
  await host.house.storage.write((db) =>
    db.run("UPDATE accounts SET email = 'kim@mail.example' WHERE id = ?", [host.account.id]),
  );

  t.true(
    await mail.send({
      accountId: host.account.id,
      subject: "News\nBcc: all",
      text: "Herons.\n",
      unsubscribe: "https://kim.example/leave",
    }),
  );
  t.true(await mail.send({ to: "ana@mail.example", subject: "News", text: "Boats." }));
  for (const table of ["jobs", "secrets"])
    t.false(JSON.stringify(await host.house.storage.query(`SELECT * FROM ${table}`)).includes("Herons"), table);
  await host.runJobs();

  const [first, second] = letters()
    .toSorted((a, b) => a.length - b.length)
    .toReversed();
  t.regex(first!, /^To: kim@mail\.example$/m);
  t.regex(first!, /^Subject: News Bcc: all$/m);
  t.regex(first!, /^List-Unsubscribe: <https:\/\/kim\.example\/leave>$/m);
  t.regex(first!, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
  t.regex(first!, /\n\nHerons\.\n/);
  t.notRegex(second!, /List-Unsubscribe/);
});

test("nobody without an address is written to, bad addresses are refused, and there is an end to it", async (t) => {
  const { host, mail } = await openPost(t);
  await host.house.storage.write((db) => db.run("UPDATE accounts SET email = NULL WHERE id = ?", [host.account.id]));

  t.false(await mail.send({ accountId: host.account.id, subject: "News", text: "" }));
  await t.throwsAsync(mail.send({ to: "ana@mail.example, all@mail.example", subject: "News", text: "" }), {
    message: /not an e-mail address/,
  });
  await t.throwsAsync(mail.send({ to: "ana@mail.example", subject: "News", text: "", unsubscribe: "javascript:1" }));
  for (let sent = 0; sent < 20; sent++) await mail.send({ to: "ana@mail.example", subject: "News", text: "" });
  const error = await t.throwsAsync(mail.send({ to: "Ana@mail.example", subject: "News", text: "" }));
  t.like(error, { key: "mail.too-many", status: 429 });
});

test("mail needs the capability", async (t) => {
  const { mail } = await openPost(t, {});

  await t.throwsAsync(mail.send({ to: "ana@mail.example", subject: "News", text: "" }), { message: /mail:send/ });
});
