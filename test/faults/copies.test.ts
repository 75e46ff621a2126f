import test, { type ExecutionContext } from "ava";
import { copiesOf, type Copy } from "../../core/posts/targets/target-rows.ts";
import { databases, testDatabase } from "../../core/storage/testing.ts";
import type { Dialect } from "../../core/storage/columns.ts";
import { isThere, openCopying, type Copying } from "./copying.ts";
import { picture } from "../journeys/person.ts";

if (!isThere) test("skipped: the plugins crosspost, crosspost-mastodon and crosspost-bluesky are not all there", (t) => t.pass());

const counts: Readonly<Record<Dialect, { posts: number; kills: number }>> = {
  // 1,000 and 8 for the whole of it: COPIES_POSTS=1000 COPIES_KILLS=8.
  sqlite: { posts: Number(process.env.COPIES_POSTS ?? 200), kills: Number(process.env.COPIES_KILLS ?? 3) },
  mysql: { posts: 60, kills: 2 },
};
const seed = Number(process.env.COPIES_SEED ?? Math.floor(Math.random() * 1e9));

// What goes wrong, and how often beside the others.
const ofMastodon: readonly (readonly [string, string, number])[] = [
  ...["reset", "epoch", "seconds", "date", "bare"].map((how) => [`429-${how}`, "", 2] as const),
  ...["500", "502", "503", "504", "html", "cut"].map((how) => [how, "POST /api/v1/statuses", 3] as const),
  ["timeout-after-create", "POST /api/v1/statuses", 8],
  ["held-create", "POST /api/v1/statuses", 8],
  ["slow", "", 2],
  ["503,503,503,503,503,503", "", 2],
  ["break-media", "GET /api/v1/media", 1],
  ["500", "POST /api/v2/media", 1],
  ["timeout-after-create", "PUT /api/v1/statuses", 2],
  ["timeout-after-create", "DELETE /api/v1/statuses", 2],
  ["403-scope", "", 0.2],
  ["expire-token", "", 0.2],
  ["huge", "", 0.2],
];
const ofBluesky: readonly (readonly [string, string, number])[] = [
  ...["429:60", "429:600"].map((how) => [how, "", 3] as const),
  ...["500", "502", "503", "timeout"].map((how) => [how, "POST /xrpc/com.atproto.repo.createRecord", 3] as const),
  ["timeout-after-create", "POST /xrpc/com.atproto.repo.createRecord", 8],
  ["held-create", "POST /xrpc/com.atproto.repo.createRecord", 8],
  ["slow", "", 2],
  ["503,503,503,503,503,503", "", 2],
  ["500", "POST /xrpc/com.atproto.repo.uploadBlob", 1],
  ["timeout", "POST /xrpc/com.atproto.repo.deleteRecord", 2],
  ["refused", "POST /xrpc/com.atproto.repo.createRecord", 2],
  ["expire-token", "", 3],
  ["expire-session", "", 0.5],
];

type Post = {
  readonly key: string;
  readonly targets: readonly string[];
  id: string;
  fate: "" | "edited" | "removed";
  /** Whether another lane is changing it. */
  isAsked: boolean;
  isFollowed: boolean;
};
type Told = { faults: number; kills: number; notAnswered: number };

for (const dialect of isThere ? databases : [])
  test.serial(
    `${dialect}: ${counts[dialect].posts} posts, their services failing and the server killed: each copy is there once, or says why not`,
    async (t) => {
      t.timeout(600_000);
      const began = performance.now();
      const random = randomOf(seed);
      t.log(`COPIES_SEED=${seed}`);
      const copying = await openCopying(t, await testDatabase(t, dialect));
      const told: Told = { faults: 0, kills: 0, notAnswered: 0 };
      const posts = await publishAll(t, copying, { random, told, ...counts[dialect] });
      const [published, rounds] = [performance.now(), await settle(copying)];

      const copies = await allCopies(copying, posts);
      await isRight(t, copying, posts, copies);
      const states = Object.entries(Object.groupBy(copies, ({ state }) => state)).map(
        ([state, all]) => `${state} ${all!.length}`,
      );
      t.log(`${await changedOf(copying)} copies were changed`);
      const reasons = Map.groupBy(
        copies.filter(({ reason }) => reason !== ""),
        ({ state, reason }) => `${state}: ${reason.replace(/127\S+/, "…")}`,
      );
      for (const [reason, all] of reasons) t.log(`${all.length} × ${reason}`);
      t.log(
        `${told.faults} faults, ${told.kills} kills, ${told.notAnswered} requests cut off; ${copies.length} copies: ${states.join(", ")}; published in ${seconds(published - began)}, settled in ${rounds} rounds and ${seconds(performance.now() - published)}`,
      );
    },
  );

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;

/** Publishes everything in lanes while services fail, the clock runs and the server is killed. */
async function publishAll(
  t: ExecutionContext,
  copying: Copying,
  { random, told, posts: most, kills }: { random: () => number; told: Told; posts: number; kills: number },
): Promise<readonly Post[]> {
  const photo = (await picture(320, 240)).toString("base64");
  const waiting = Array.from({ length: most }, (_, n): Post => {
    const which = random();
    const targets = which < 0.3 ? copying.targets : [copying.targets[which < 0.65 ? 0 : 1]!];
    return { key: `heron-${n}`, targets, id: "", fate: "", isAsked: false, isFollowed: false };
  });
  const done: Post[] = [];
  for (let run = 0; run <= kills; run++) {
    const isFollowed = run >= kills / 2;
    if (run === Math.floor(kills / 2)) await copying.connect();
    if (isFollowed) await copying.follow();
    await copying.start();
    const quota = Math.ceil(most / (kills + 1));
    const end = run === kills ? Infinity : done.length + quota * (0.5 + random());
    let isOver = false;
    const lane = async () => {
      for (let post = waiting.shift(); post; post = isOver ? undefined : waiting.shift()) {
        await oneFault(copying, random, told);
        const isPhoto = random() < 0.02;
        const answer = await copying.say({
          key: post.key,
          content: `A ${post.key} stands there.`,
          targets: post.targets.map((target) => ({ target })),
          ...(isPhoto && { photo }),
        });
        if (!answer) {
          told.notAnswered++;
          waiting.unshift(post);
          // The key makes it safe to ask again, of this server or the next.
          t.true(told.notAnswered < most, "the server answers");
          continue;
        }
        t.is(answer.status, 200, answer.text);
        post.id = (JSON.parse(answer.text) as { id: string }).id;
        done.push(post);
        if (done.length % 25 === 0) await copying.jump(0.75);
        const other = random() < 0.4 ? post : done[Math.floor(random() * done.length)]!;
        if (await meddle(t, copying, other, random)) other.isFollowed = isFollowed;
        if (done.length >= end && !isOver) {
          isOver = true;
          await copying.kill();
          told.kills++;
        }
      }
    };
    await Promise.all([lane(), lane(), lane(), lane()]);
    if (run < kills && !isOver) {
      await copying.kill();
      told.kills++;
    }
    if (random() < 0.5) await release(copying);
    await copying.jump(run % 3 === 2 ? 40 : 6);
    await release(copying);
  }
  t.is(done.length, most);
  return done;
}

/** Edits or removes now and then; says whether it did. */
async function meddle(t: ExecutionContext, copying: Copying, post: Post, random: () => number): Promise<boolean> {
  const what = random();
  if (post.fate !== "" || post.isAsked || what > 0.2) return false;
  post.isAsked = true;
  const answer =
    what < 0.1
      ? await copying.say({ id: post.id, content: `A ${post.key} stands there no more.` })
      : await copying.say({ remove: post.id });
  post.isAsked = false;
  if (!answer) return false;
  t.is(answer.status, 200, answer.text);
  post.fate = what < 0.1 ? "edited" : "removed";
  return true;
}

async function oneFault({ mastodon, bluesky }: Copying, random: () => number, told: Told): Promise<void> {
  if (random() > 0.4) return;
  const [fake, faults] = random() < 0.5 ? [mastodon, ofMastodon] : [bluesky, ofBluesky];
  let left = random() * faults.reduce((sum, [, , weight]) => sum + weight, 0);
  const [next, on] = faults.find(([, , weight]) => (left -= weight) < 0) ?? faults[0]!;
  told.faults += next.split(",").length;
  await fake.ask(`/__fail?${new URLSearchParams({ next, on })}`);
}

async function release({ mastodon, bluesky }: Copying): Promise<void> {
  await Promise.all([mastodon, bluesky].map((fake) => fake.ask("/__release")));
}

/** Lets days go by until every copy has its last word; accounts that were signed out are connected again. */
async function settle(copying: Copying): Promise<number> {
  for (let round = 0; round < 14; round++) {
    await copying.connect();
    await quiet(copying);
    await release(copying);
    const open = await copying.house.storage.query(
      "SELECT state FROM post_targets WHERE state IN ('waiting', 'parked', 'removing') LIMIT 1",
    );
    const jobs = await copying.house.storage.query("SELECT id FROM jobs WHERE name LIKE 'post-cop%' LIMIT 1");
    if (open.length + jobs.length === 0) return round;
    await copying.jump([2, 8, 40, 160][round] ?? 900);
  }
  return 14;
}

/** Waits until no copy is due or under way. */
async function quiet({ house }: Copying): Promise<void> {
  for (let look = 0; look < 600; look++) {
    const due = await house.storage.query(
      "SELECT id FROM jobs WHERE (state = 'running' OR (state = 'waiting' AND run_at <= ?)) AND name LIKE 'post-cop%' LIMIT 1",
      [house.clock.now().toISOString()],
    );
    if (due.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function allCopies({ house }: Copying, posts: readonly Post[]): Promise<readonly Copy[]> {
  const blog = (await house.blog((await house.storage.query("SELECT id FROM blogs"))[0]!.id as string))!;
  const scope = house.scope({ blog, via: "test", principal: { accountId: null, role: "system", scopes: null } });
  const ids = posts.map(({ id }) => id);
  const pages = Array.from({ length: Math.ceil(ids.length / 200) }, (_, n) => ids.slice(n * 200, n * 200 + 200));
  return (await Promise.all(pages.map((page) => copiesOf(scope, page)))).flat();
}

async function changedOf({ mastodon, bluesky }: Copying): Promise<number> {
  const states = await Promise.all([mastodon, bluesky].map((fake) => fake.ask("/__state")));
  return JSON.stringify(states).split("stands there no more").length - 1;
}

async function isRight(t: ExecutionContext, copying: Copying, posts: readonly Post[], copies: readonly Copy[]): Promise<void> {
  const { statuses } = (await copying.mastodon.ask("/__state")) as unknown as { statuses: readonly { text: string }[] };
  const held = (await copying.bluesky.ask("/__state")) as unknown as { posts: readonly { value: { text: string } }[] };
  const texts = [statuses.map(({ text }) => text), held.posts.map(({ value }) => value.text)];
  const there = texts.map((all) => Map.groupBy(all, (text) => /heron-\d+/.exec(text)?.[0] ?? text));
  const byPost = Map.groupBy(copies, ({ postId }) => postId);
  for (const { key, id, targets, fate, isFollowed } of posts)
    for (const [at, target] of copying.targets.entries()) {
      const found = there[at]!.get(key) ?? [];
      const copy = byPost.get(id)?.find((one) => `${one.pluginId}/${one.target}` === target);
      const about = `${key} ${fate} on ${target}: ${copy?.state} ${copy?.reason}`;
      t.is(copy !== undefined, targets.includes(target), about);
      t.true(found.length <= 1, `twice: ${about}`);
      if (!copy) t.is(found.length, 0, about);
      else if (copy.state === "sent") {
        // What could not be changed or removed says why; the answer to a removal may have been lost, and those to all tries after it.
        if (copy.reason === "" || fate !== "removed") t.is(found.length, 1, about);
        const isDone = isFollowed && copy.reason === "";
        if (isDone) t.not(fate, "removed", about);
        if (isDone && fate === "edited" && copying.canEdit(target)) t.regex(found[0]!, /no more/, about);
      } else if (copy.state === "unknown") t.not(copy.reason, "", about);
      else if (copy.state === "failed") t.deepEqual([found.length, copy.reason !== ""], [0, true], about);
      else {
        t.true(["chosen", "removed", "skipped"].includes(copy.state), about);
        // One that was tried before its post went may have arrived, and says so.
        if (copy.state !== "chosen" || copy.reason === "") t.is(found.length, 0, about);
        t.is(fate, "removed", about);
      }
    }

  // The own blog: every post once, and of the newest each once in the feed.
  const rows = await copying.house.storage.query<{ source: string }>("SELECT source FROM posts WHERE kind <> 'page'");
  const counted = Map.groupBy(rows, ({ source }) => /heron-\d+/.exec(source)![0]);
  t.is(counted.size, posts.length);
  t.is(rows.length, posts.length);
  const feed = JSON.parse((await copying.get("/feed.json")).text) as { items: readonly { content_html: string }[] };
  const shown = feed.items.map(({ content_html }) => /heron-\d+/.exec(content_html)![0]);
  t.is(new Set(shown).size, shown.length);
  t.true(shown.length > 0);
}

// mulberry32: the same seed makes the same faults.
function randomOf(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
