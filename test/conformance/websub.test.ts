import { AssertionError } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import test from "ava";
import { conformServer } from "./server/conform-server.ts";
import { cases, type World } from "./websub/cases.ts";
import { NothingCame, Subscriber } from "./websub/subscriber.ts";
import { HubDouble, wrongWays } from "./websub/wrong-hub.ts";

const isThere = ["websub", "feeds", "micropub"].every((id) =>
  existsSync(new URL(`../../plugins/${id}/plugin.ts`, import.meta.url)),
);
const check = isThere ? test.serial : test.serial.skip;

let world: World;
const ends: (() => unknown)[] = [];
const later = { teardown: (work: () => unknown) => void ends.unshift(work) };
if (isThere)
  test.before("a server is set up as its operator would", async () => {
    const { page, tokens } = await conformServer(later, ["create update"], {
      env: { ROOKERY_PRIVATE_NETWORK: "allow" },
      prepare: withoutUndo,
    });
    world = { page, subscriber: await Subscriber.start(later), publish: await publisher(page, tokens[0]!) };
  });
else test("WebSub conforms (skipped: plugins/websub, feeds or micropub is not there)", (t) => t.pass());
test.after.always("the server is stopped", async () => {
  for (const end of ends) await end();
});

// One after the other: they all wait for news of one blog.
for (const [name, run] of cases)
  check(name, async (t) => {
    await run(world);
    t.pass();
  });

check("each case passes with a hub that is right, and fails with one that is wrong in what the case looks at", async (t) => {
  const seen = new Set<string>();
  const ways = Object.entries(wrongWays) as [keyof typeof wrongWays, string][];
  const faultOf = async (run: (typeof cases)[number][1], way: keyof typeof wrongWays | null): Promise<Error | null> => {
    const [hub, subscriber] = [await HubDouble.start(t, way), await Subscriber.start(t)];
    // What this hub does not send at once never comes.
    subscriber.patience = 0;
    const ran = run({ page: hub.page, subscriber, publish: (text) => hub.publish(text) });
    return ran.then(
      () => null,
      (error: unknown) => error as Error,
    );
  };
  for (const [name, run] of cases) t.is(await faultOf(run, null), null, name);
  for (const [way, beginning] of ways) {
    const [name, run] = cases.find(([one]) => one.startsWith(beginning))!;
    const fault = await faultOf(run, way);
    t.true(
      fault instanceof AssertionError || fault instanceof NothingCame,
      `a hub that ${way}, and “${name}”: ${fault?.stack ?? "passes"}`,
    );
    seen.add(name);
  }
  t.deepEqual([...seen].toSorted(), cases.map(([name]) => name).toSorted(), "every case has seen something wrong");
});

// Nobody waits half a minute for each piece of news.
function withoutUndo(data: string): void {
  const database = new DatabaseSync(join(data, "rookery.db"));
  database.exec(`UPDATE blogs SET settings = '{"undoSeconds":0}'`);
  database.close();
}

// One post that changes again and again.
async function publisher(page: string, token: string): Promise<World["publish"]> {
  const micropub = /<([^>]+)>; rel="micropub"/.exec((await fetch(page)).headers.get("link") ?? "")?.[1];
  const send = (body: unknown) =>
    fetch(micropub!, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const made = await send({ type: ["h-entry"], properties: { content: ["First words"] } });
  const url = made.headers.get("location");
  return async (text) => {
    const answer = await send({ action: "update", url, replace: { content: [text] } });
    if (!answer.ok) throw new Error(`the update answers ${answer.status}`);
  };
}
