import test from "ava";
import type { DiscoveryCase } from "../../plugins/webmention/sending/discovery-cases.testing.ts";
import { ask, install, isThere, until, type Installed } from "./webmention/installed.testing.ts";
import { receiverChecks } from "./webmention/receiver-checks.ts";
import { discoveryFault, Rocks } from "./webmention/rocks.ts";
import { wrongReceiver, type Wrong } from "./webmention/wrong-receiver.ts";
import { wrongSenders } from "./webmention/wrong-senders.ts";

// The cases of webmention.rocks against a real server over HTTP, and each check against doubles that are wrong on purpose.
const check = isThere ? test.serial : test.skip;
if (!isThere) test.skip("webmentions are sent and received (plugins/webmention is not there)", () => {});
const cases: readonly DiscoveryCase[] = isThere
  ? (await import("../../plugins/webmention/sending/discovery-cases.testing.ts")).discoveryCases
  : [];

const ends: (() => unknown)[] = [];
const house = { teardown: (work: () => unknown) => void ends.unshift(work) };
let here: Installed;
let rocks: Rocks;
let pages: readonly string[];

test.before(async () => {
  if (!isThere) return;
  rocks = await Rocks.start(house);
  here = await install(house);
  pages = cases.map((one, at) => rocks.discovery(at, one));
  await here.publish({ content: pages.map((page) => `<a href="${page}">x</a>`).join(" "), format: "html" });
  await here.settled();
});
test.after.always(async () => {
  for (const end of ends) await end();
});

for (const [at, one] of cases.entries())
  check(`discovery ${one.name}`, (t) => t.is(discoveryFault(rocks, one, pages[at]!), null));

check("every check of discovery fails with a sender that is wrong", async (t) => {
  const failed = new Set<string>();
  for (const [name, send] of Object.entries(wrongSenders)) {
    const site = await Rocks.start(t);
    for (const [at, one] of cases.entries()) {
      const page = site.discovery(at, one);
      await send(site, `${site.url}/source`, page);
      if (discoveryFault(site, one, page) !== null) failed.add(`${at} ${name}`);
    }
  }
  for (const [at, one] of cases.entries()) {
    t.true(failed.has(`${at} blind`), `${one.name}: the wrong place is seen`);
    if (one.endpoint === null) continue;
    t.true(failed.has(`${at} mute`), `${one.name}: silence is seen`);
    t.true(failed.has(`${at} hasty`), `${one.name}: asking twice is seen`);
  }
  const naive = cases.filter((_, at) => failed.has(`${at} naive`)).map(({ name }) => name.split(":")[0]);
  t.deepEqual(naive, ["10", "12", "13", "14", "21", "23", "24", "25", "26", "27", "28", "30", "31"]);
});

const tellings = (source: string) => rocks.arrivals.filter(({ body }) => body.source === source);

check("update 1: an edit tells the same page again, and the link is there by then", async (t) => {
  const page = rocks.taking("/update/1");
  const post = await here.publish({ content: `[x](${page})` });
  await until(() => tellings(post.url).length === 1);
  await here.publish({ id: post.id, content: `[x](${page}) and more` });
  await until(() => tellings(post.url).length === 2);
  t.regex(tellings(post.url)[1]!.sourceText, /and more/);
  await here.publish({ id: post.id, content: `[x](${page}) and more` });
  await here.settled();
  t.is(tellings(post.url).length, 2, "nothing changed, nobody is told");
});

check("update 2: an edit that replaces a link tells both pages", async (t) => {
  const [one, two] = [rocks.taking("/update/2/one"), rocks.taking("/update/2/two")];
  const post = await here.publish({ content: `[x](${one})` });
  await until(() => tellings(post.url).length === 1);
  await here.publish({ id: post.id, content: `[x](${two})` });
  await until(() => tellings(post.url).length === 3);
  t.deepEqual(
    tellings(post.url)
      .map(({ body }) => body.target)
      .sort(),
    [one, one, two].sort(),
  );
  t.false(tellings(post.url).at(-1)!.sourceText.includes(one));
});

check("delete 1: a deleted post tells its pages, and answers 410 by then", async (t) => {
  const post = await here.publish({ content: `[x](${rocks.taking("/delete/1")})` });
  await until(() => tellings(post.url).length === 1);
  t.is(tellings(post.url)[0]!.sourceStatus, 200);
  await here.remove(post);
  await until(() => tellings(post.url).length === 2);
  t.is(tellings(post.url)[1]!.sourceStatus, 410);
});

check("delete 2: a post that is back tells its pages again, and is there by then", async (t) => {
  const post = await here.publish({ content: `[x](${rocks.taking("/delete/2")})` });
  await until(() => tellings(post.url).length === 1);
  await here.remove(post);
  await until(() => tellings(post.url).length === 2);
  await here.restore(post);
  await until(() => tellings(post.url).length === 3);
  t.deepEqual(
    tellings(post.url).map(({ sourceStatus }) => sourceStatus),
    [200, 410, 200],
  );
});

for (const [at, [name, run]] of Object.entries(receiverChecks).entries())
  check(name, async (t) => {
    const post = await here.publish({ content: "A post that is answered" });
    t.is(await run({ page: post.url }, rocks, `r${at}`), null);
  });

check("every check of the receiver fails with one that is wrong", async (t) => {
  const wrongs: readonly Wrong[] = ["takes-all", "believes", "doubles", "keeps", "drops", "silent"];
  const failed = new Map<string, Wrong[]>();
  for (const wrong of wrongs) {
    const receiver = { page: await wrongReceiver(t, wrong), looks: 4 };
    for (const [at, [name, run]] of Object.entries(receiverChecks).entries()) {
      const fault = await run(receiver, rocks, `${wrong}${at}`).catch((error: unknown) => String(error));
      if (fault !== null) failed.set(name, [...(failed.get(name) ?? []), wrong]);
    }
  }
  const seen: Record<string, Wrong> = {
    "receiver 1": "takes-all",
    "receiver 2": "believes",
    "receiver: bad": "takes-all",
    "update 1": "doubles",
    "update 2": "keeps",
    "delete 1": "keeps",
    "delete 2": "drops",
  };
  for (const [name, wrong] of Object.entries(seen)) {
    const [, found] = [...failed].find(([check]) => check.startsWith(name)) ?? [];
    t.true(found?.includes(wrong), `${name} sees ${wrong}: ${found?.join(" ") ?? "nothing"}`);
    t.false(found?.length === 0);
  }
});

check("the public network only: a server that may not reach this machine tells and asks nothing of it", async (t) => {
  const closed = await install(t, { isPrivateOpen: false });
  const page = rocks.taking("/private");
  const post = await closed.publish({ content: `[x](${page})` });
  const location = (
    await ask(`${closed.blogUrl}webmention`, {
      source: rocks.page("/private/source", { html: `<a href="${post.url}">x</a>` }),
      target: post.url,
    })
  ).headers.location!;
  await until(async () => !(await ask(location)).text.includes('"waiting"'));
  await closed.settled();
  t.regex((await ask(location)).text, /"rejected"/);
  t.is(rocks.visits.get("/private"), undefined);
  t.is(rocks.visits.get("/private/source"), undefined);
  t.is((await closed.query("SELECT state FROM p_webmention_sent"))[0]!.state, "failed");
});
