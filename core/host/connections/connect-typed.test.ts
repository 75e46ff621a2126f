import test from "ava";
import { PublicError } from "../../errors.ts";
import { databases, testDatabase } from "../../storage/testing.ts";
import { createTestHost } from "../../testing/test-host.ts";
import { definePlugin, manifestProblem } from "../define-plugin.ts";
import { connectTyped } from "./connect-typed.ts";
import { checkTyped } from "./typed-fields.ts";

const fields = {
  name: { type: "text", label: "Name", required: true },
  code: { type: "secret", label: "Code", required: true },
  server: { type: "url", label: "Server", default: "https://far.example/" },
} as const;

const plugin = definePlugin({
  id: "sender",
  name: "Sender",
  description: "Sends.",
  version: "1.0.0",
  api: 1,
  settings: { service: { type: "oauth", label: "Service" }, other: { type: "oauth", label: "Other" } },
  connections: {
    service: {
      fields,
      async connect(_context, { name, code, server }) {
        if (code === "broken") throw new Error("boom");
        if (code !== "s3same") throw new PublicError("sender.code", "That is not the code.", 422, { field: "code" });
        return { account: `${name} at ${server}`, expiresAt: null, tokens: { token: "t0ken" } };
      },
    },
    other: { begin: async () => ({ url: "https://x.example" }), finish: async () => Promise.reject(new Error()) },
  },
});

for (const dialect of databases)
  test(`what is typed connects once and is kept nowhere, on ${dialect}`, async (t) => {
    const host = await createTestHost(t, { plugins: [plugin], databaseUrl: await testDatabase(t, dialect) });
    const { house, blog } = host;
    const connect = (code: string, setting = "service") =>
      connectTyped(
        house,
        host.scope(),
        { pluginId: "sender", setting, blog },
        checkTyped("service", fields, { name: "kim", code }).values,
      );

    await t.throwsAsync(connect("wrong"), { instanceOf: PublicError, message: "That is not the code." });
    await t.throwsAsync(connect("broken"), { instanceOf: PublicError, message: /boom/ });
    await t.throwsAsync(connect("s3same", "other"), { instanceOf: PublicError, message: /nothing to connect/ });
    await t.throwsAsync(connect("s3same", "constructor"), { instanceOf: PublicError, message: /nothing to connect/ });
    t.is(await connect("s3same"), "kim at https://far.example/");

    const found = await house.host.contexts.settings((await house.host.find("sender")).plugin, blog);
    t.like(found.service, { account: "kim at https://far.example/", tokens: { token: "t0ken" } });
    for (const table of ["plugin_settings", "secrets", "audit_log", "jobs"]) {
      const rows = JSON.stringify(await house.storage.query(`SELECT * FROM ${table}`));
      t.false(/s3same|t0ken/.test(rows), table);
    }
  });

test("what is missing or wrong is told by its field", (t) => {
  const { problems } = checkTyped("service", fields, { name: " ", server: "nowhere" });

  t.deepEqual(Object.keys(problems), ["service.name", "service.code", "service.server"]);
});

test("only plain fields can be typed into a connection", (t) => {
  const wrong = (own: object) =>
    manifestProblem({ ...plugin, connections: { ...plugin.connections, service: { fields: own } } } as never);

  t.is(manifestProblem(plugin as never), null);
  t.regex(wrong({ pile: { type: "image", label: "Pile" } })!, /“pile” must be of one of the kinds text/);
  t.regex(wrong({ "no-name": { type: "text", label: "X" } })!, /“no-name” needs a plain name/);
});
