import test from "ava";
import { createTestHost } from "../../testing/test-host.ts";
import { definePlugin } from "../define-plugin.ts";

const seen: (string | undefined)[] = [];
const tokenIn = (value: { tokens: unknown } | undefined) => (value?.tokens as { access: string } | undefined)?.access;

const plugin = definePlugin({
  id: "sender",
  name: "Sender",
  description: "Sends.",
  version: "1.0.0",
  api: 1,
  settings: { service: { type: "oauth", label: "Service" } },
  connections: {
    service: { begin: async () => ({ url: "https://x.example" }), finish: async () => Promise.reject(new Error()) },
  },
  jobs: {
    send: { run: async (_data, { settings }) => void seen.push(tokenIn(settings.service)) },
    renew: {
      run: async (_data, context) => {
        const connection = { account: "kim", expiresAt: null, tokens: { access: "new" } };
        seen.push(String(await context.renewConnection("service", connection)));
      },
    },
  },
});

test.serial("renewed tokens take the place of the old ones where they were made, sealed", async (t) => {
  const host = await createTestHost(t, { plugins: [plugin] });
  const { house } = host;
  const run = async (job: string) => {
    seen.length = 0;
    const context = house.host.contexts.make(plugin as never, host.scope(), {}, new AbortController().signal);
    await context.enqueue(job, {});
    await host.runJobs();
    return [...seen];
  };
  const connection = { account: "kim", expiresAt: null, tokens: { access: "old" } };

  t.deepEqual(await run("send"), [undefined]);
  t.deepEqual(await run("renew"), ["false"]);
  t.deepEqual(await run("send"), [undefined]);
  await house.host.connect("sender", "service", connection, { blog: host.blog });
  t.deepEqual(await run("send"), ["old"]);
  t.deepEqual(await run("renew"), ["true"]);
  t.deepEqual(await run("send"), ["new"]);
  for (const table of ["plugin_settings", "secrets"])
    t.false(JSON.stringify(await house.storage.query(`SELECT * FROM ${table}`)).includes("access"), table);

  await house.host.connect("sender", "service", null, { blog: host.blog });
  await house.host.connect("sender", "service", connection);
  t.deepEqual(await run("renew"), ["true"]);
  const stored = await house.storage.query("SELECT scope FROM plugin_settings WHERE plugin_id = 'sender'");
  t.deepEqual(stored, [{ scope: "network" }]);
});
