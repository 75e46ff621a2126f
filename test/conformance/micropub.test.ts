import { AssertionError } from "node:assert/strict";
import { existsSync } from "node:fs";
import test from "ava";
import { changeCases } from "./micropub/cases-change.ts";
import { createCases } from "./micropub/cases-create.ts";
import { leakCases } from "./micropub/cases-leaks.ts";
import { MicropubClient } from "./micropub/client.ts";
import { Double } from "./micropub/double.ts";
import { wrongAsking } from "./micropub/wrongs-asking.ts";
import { wrongChanging } from "./micropub/wrongs-changing.ts";
import { wrongMaking } from "./micropub/wrongs-making.ts";
import { conformServer } from "./server/conform-server.ts";

const isThere = existsSync(new URL("../../plugins/micropub/plugin.ts", import.meta.url));
const check = isThere ? test.serial : test.serial.skip;
const cases = [...createCases, ...changeCases, ...leakCases];

let client: MicropubClient;
// Right until it is told to be wrong in some way.
let double: Double;
const ends: (() => unknown)[] = [];
if (isThere)
  test.before("a server is set up as its operator would", async () => {
    const t = { teardown: (work: () => unknown) => void ends.unshift(work) };
    const before = (port: number) => (double = new Double(port)).open(t);
    const { page, tokens } = await conformServer(t, ["create update delete media", "media"], { before });
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

check("each case fails with a server that is right but for what the case looks at", async (t) => {
  const ways = [...wrongMaking, ...wrongChanging, ...wrongAsking(client.token)];
  const unseen = new Set(cases.map(([name]) => name));
  for (const [does, seenBy, wrong] of ways)
    for (const beginning of seenBy) {
      const [name, run] = cases.find(([one]) => one.startsWith(beginning))!;
      double.wrong = wrong;
      const fault = await run(client).then(
        () => null,
        (error: unknown) => error as Error,
      );
      double.wrong = null;
      t.true(fault instanceof AssertionError, `a server that ${does}, and “${name}”: ${fault?.stack ?? "it passes"}`);
      t.deepEqual(double.faults, [], `a server that ${does}: the double itself`);
      unseen.delete(name);
    }
  t.deepEqual([...unseen], [], "every case has seen something wrong");
});
