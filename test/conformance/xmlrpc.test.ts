import { existsSync } from "node:fs";
import test from "ava";
import { conformServer } from "./server/conform-server.ts";

const isThere = existsSync(new URL("../../plugins/xmlrpc/plugin.ts", import.meta.url));
// The editor of these tests speaks with the plugin's own kit.
const kit = isThere
  ? {
      ...(await import("./xmlrpc/editor.ts")),
      ...(await import("./xmlrpc/flows.ts")),
      ...(await import("./xmlrpc/wrong-server.ts")),
    }
  : null;

const ends: (() => unknown)[] = [];
let [home, token] = ["", ""];
if (kit)
  test.before("a server is set up as its operator would", async () => {
    const scopes = ["create update delete media read"];
    const made = await conformServer({ teardown: (work) => void ends.unshift(work) }, scopes, { plugins: ["xmlrpc"] });
    [home, token] = [made.page, made.tokens[0]!];
  });
else test("XML-RPC conforms (skipped: plugins/xmlrpc is not there)", (t) => t.pass());
test.after.always("the server is stopped", async () => {
  for (const end of ends) await end();
});

for (const [name, run] of kit?.flows ?? [])
  test.serial(name, async (t) => {
    await run(new kit!.Editor(home, "kim", token));
    t.pass();
  });

if (kit)
  test.serial("each of these fails against a server that only says yes", async (t) => {
    const editor = new kit.Editor(await kit.wrongServer(t), "kim", "0".repeat(20));
    const passed: string[] = [];
    for (const [name, run] of kit.flows)
      await run(editor).then(
        () => passed.push(name),
        () => undefined,
      );
    t.deepEqual(passed, []);
  });
