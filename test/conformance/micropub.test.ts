import { existsSync } from "node:fs";
import test from "ava";
import { changeCases } from "./micropub/cases-change.ts";
import { createCases } from "./micropub/cases-create.ts";
import { leakCases } from "./micropub/cases-leaks.ts";
import { MicropubClient } from "./micropub/client.ts";
import { wrongServer } from "./micropub/wrong-server.ts";
import { conformServer } from "./server/conform-server.ts";

const isThere = existsSync(new URL("../../plugins/micropub/plugin.ts", import.meta.url));
const check = isThere ? test.serial : test.serial.skip;
const cases = [...createCases, ...changeCases, ...leakCases];

let client: MicropubClient;
const ends: (() => unknown)[] = [];
if (isThere)
  test.before("a server is set up as its operator would", async () => {
    const { page, tokens } = await conformServer({ teardown: (work) => void ends.unshift(work) }, [
      "create update delete media",
      "media",
    ]);
    client = new MicropubClient(page, tokens[0]!, tokens[1]!);
  });
else test("Micropub conforms (skipped: plugins/micropub is not there)", (t) => t.pass());
test.after.always("the server is stopped", async () => {
  for (const end of ends) await end();
});

// One after the other: they all write on one blog.
for (const [name, run] of cases)
  check(name, async (t) => {
    await run(client);
    t.pass();
  });

check("each of these cases fails against a server that only says yes", async (t) => {
  const wrong = new MicropubClient(await wrongServer(t), "0".repeat(20), "1".repeat(20));
  const passed: string[] = [];
  for (const [name, run] of cases)
    await run(wrong).then(
      () => passed.push(name),
      () => undefined,
    );
  t.deepEqual(passed, []);
});
