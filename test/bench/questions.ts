import { monitorEventLoopDelay } from "node:perf_hooks";
import type { House } from "../../core/house.ts";
import { runImport } from "../../core/host/imports/run-import.ts";
import { startImport } from "../../core/host/imports/start-import.ts";
import { enqueueMany } from "../../core/jobs/enqueue.ts";
import { libraryFile } from "../../core/media/find-files.ts";
import { storeMedia } from "../../core/media/library.ts";
import { runDue } from "../../core/jobs/worker.ts";
import { publish, publishMany } from "../../core/posts/publish.ts";
import { renderPage } from "../../core/render/render-page.ts";
import { ownerScope } from "./house.ts";
import { ownTemplates } from "./own-templates.ts";
import { samplePost, sampleTime } from "./sample-posts.ts";
import { themeSpeeds } from "./theme-pages.ts";
import { parseFeeds, pollFeeds, settleFeeds } from "./feed-town.ts";
import { fillTimelines, publishToFollowers, type TimelineTown } from "./timeline-town.ts";
import { settle } from "./town.ts";

/** What the suite asks its server. */
export type ServerQuestion =
  | { readonly ask: "publish"; readonly text: string }
  | { readonly ask: "seed"; readonly from: number; readonly until: number }
  | { readonly ask: "render"; readonly milliseconds: number }
  | { readonly ask: "themes"; readonly rounds: number }
  | { readonly ask: "own-templates"; readonly blogs: number }
  | { readonly ask: "import"; readonly file: string }
  | { readonly ask: "photo"; readonly file: string }
  | { readonly ask: "town"; readonly count: number }
  | { readonly ask: "jobs"; readonly count: number }
  | ({ readonly ask: "timelines" } & TimelineTown)
  | { readonly ask: "publish-to"; readonly followers: number }
  | { readonly ask: "feeds"; readonly count: number; readonly port: number }
  | { readonly ask: "poll"; readonly count: number }
  | { readonly ask: "parse"; readonly count: number }
  | { readonly ask: "cpu" }
  | { readonly ask: "webmentions" };

/** Does what was asked. Seeding and rendering give a number per second; an import its counts and seconds. */
export async function answer(house: House, question: ServerQuestion): Promise<unknown> {
  switch (question.ask) {
    case "publish":
      return publishOne(house, question.text);
    case "seed":
      return seed(house, question);
    case "render":
      return renderFor(house, question.milliseconds);
    case "themes":
      return themeSpeeds(house, question.rounds);
    case "own-templates":
      return ownTemplates(house, question.blogs);
    case "import":
      return importFile(house, question.file);
    case "photo":
      return keepPhoto(house, question.file);
    case "town":
      return settle(house, question.count);
    case "jobs":
      return runJobs(house, question.count);
    case "timelines":
      return fillTimelines(house, question);
    case "publish-to":
      return publishToFollowers(house, question.followers);
    case "feeds":
      return settleFeeds(house, question);
    case "poll":
      return pollFeeds(house, question.count);
    case "parse":
      return parseFeeds(question.count);
    case "cpu":
      return cpuUsed();
    case "webmentions":
      return webmentionsWaiting(house);
  }
}

/** Milliseconds of the processor that the server has used: on a busy machine it says more than the clock. */
function cpuUsed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function publishOne(house: House, text: string): Promise<string> {
  const outcome = await publish(await ownerScope(house), { content: text });
  if (!outcome.ok) throw new Error(outcome.refusal.refuse);
  return outcome.post.url;
}

async function seed(house: House, { from, until }: { from: number; until: number }): Promise<number> {
  const scope = await ownerScope(house);
  const now = house.clock.now();
  const started = performance.now();
  for (let at = from; at < until; at += 100) {
    const size = Math.min(100, until - at);
    const drafts = Array.from({ length: size }, (_, n) => samplePost(at + n, sampleTime(at + n, 100_000, now)));
    const outcomes = await publishMany(scope, drafts, { isQuiet: true });
    for (const outcome of outcomes) if (!outcome.ok) throw new Error(outcome.refusal.refuse);
  }
  return ((until - from) / (performance.now() - started)) * 1000;
}

async function renderFor(house: House, milliseconds: number): Promise<number> {
  const { blog } = await ownerScope(house);
  const started = performance.now();
  for (let count = 1; ; count++) {
    const page = await renderPage(house.scope({ blog, via: "bench" }), house.themes, { path: "/", query: new URLSearchParams() });
    if (page.status !== 200) throw new Error(`The home page answers ${page.status}`);
    const took = performance.now() - started;
    if (took > milliseconds) return (count / took) * 1000;
  }
}

async function importFile(house: House, file: string): Promise<{ seconds: number; posts: number }> {
  const scope = await ownerScope(house);
  if (!(await house.host.list()).some(({ id, state }) => id === "import-wordpress" && state === "enabled"))
    await house.host.enable("import-wordpress", { accountId: scope.principal.accountId! });
  const fresh = await ownerScope(house);
  const started = performance.now();
  const id = await startImport(fresh, { kind: "wordpress", file }, false);
  const { state, report } = await runImport(fresh, id);
  if (state !== "done") throw new Error(`The import ended as ${state}: ${report.error}`);
  return { seconds: (performance.now() - started) / 1000, posts: report.counts.posts ?? 0 };
}

/** From a photo on disk, as an upload leaves it, to all its sizes in the library; the worker beside the server makes them. */
async function keepPhoto(
  house: House,
  file: string,
): Promise<{ milliseconds: number; stored: number; stall: number; busy: number }> {
  const scope = await ownerScope(house);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const before = process.threadCpuUsage();
  delay.enable();
  const started = performance.now();
  const { id } = await storeMedia(scope, house.media, { path: file, name: "photo.jpg" });
  const stored = performance.now() - started;
  while (!(await libraryFile(scope, id))?.variants) await new Promise((resolve) => setTimeout(resolve, 10));
  const milliseconds = performance.now() - started;
  delay.disable();
  const { user, system } = process.threadCpuUsage(before);
  return { milliseconds, stored, stall: delay.max / 1e6, busy: (user + system) / 1000 };
}

/** Durable work that does nothing, one after the other: what the queue itself costs. */
async function runJobs(house: House, count: number): Promise<number> {
  const runAt = house.clock.now();
  const jobs = Array.from({ length: count }, (_, at) => ({
    pluginId: "bench",
    name: "nothing",
    blogId: null,
    data: { at },
    runAt,
  }));
  await house.storage.write((db) => enqueueMany(db, jobs));
  const started = performance.now();
  const done = await runDue({ queue: house.queue, log: house.log, run: async () => undefined } as never);
  if (done < count) throw new Error(`Only ${done} of ${count} jobs ran`);
  return (count / (performance.now() - started)) * 1000;
}

/** How many webmentions wait to be looked at, and how many replies they have become. */
async function webmentionsWaiting({ storage }: House): Promise<{ waiting: number; shown: number }> {
  const count = async (sql: string) => Number((await storage.query(sql))[0]!.number);
  return {
    waiting: await count("SELECT COUNT(*) AS number FROM p_webmention_received WHERE state = 'waiting'"),
    shown: await count("SELECT COUNT(*) AS number FROM interactions WHERE via = 'webmention'"),
  };
}
