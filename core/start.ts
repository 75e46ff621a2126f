import { existsSync, readdirSync, rmSync } from "node:fs";
import { BlockList, isIP } from "node:net";
import { join } from "node:path";
import { listBlogs } from "./blogs/blogs.ts";
import { hasAdmin } from "./people/accounts.ts";
import { appTokenOf } from "./people/app-tokens.ts";
import { sessionByCookie } from "./people/sessions.ts";
import type { House } from "./house.ts";
import { partsFolder } from "./media/resumable.ts";
import { runBullWorker } from "./jobs/bullmq.ts";
import { RedisCheck } from "./jobs/redis-check.ts";
import { countJobs, queueLag } from "./jobs/list-jobs.ts";
import type { LeasedJob } from "./jobs/job.ts";
import { runWorker, type WorkerOptions } from "./jobs/worker.ts";
import { sentenceOf } from "./errors.ts";
import { runningPlugin } from "./host/guarded.ts";
import type { ScreenSet } from "./web/screen.types.ts";
import { WebServer, type WebParts } from "./web/server.ts";
import { coreJobs } from "./worker/core-jobs.ts";
import { assetReply } from "./render/assets.ts";
import { blogOf } from "./hooks/scope.ts";
import { lookOf, schemeOf } from "./render/look.ts";
import { previewParameter, renderPreview } from "./render/preview.ts";
import { renderPage } from "./render/render-page.ts";
import { PluginSchedules } from "./worker/plugin-schedules.ts";
import { runJob } from "./worker/run-job.ts";

/**
 * Puts the web server together from a house; `screens` are the dashboard's, `patience` is how slowly a client may send,
 * `cacheBytes` how much memory pages may take.
 */
export function makeWeb(house: House, screens: ScreenSet, options: Pick<WebParts, "patience" | "cacheBytes"> = {}): WebServer {
  const isTrustedProxy = proxies(house.settings.trustProxy);
  const uploadFolder = join(house.settings.dataFolder, "uploads");
  // What a process that was killed had half received; uploads that come in parts go on where they were.
  for (const name of existsSync(uploadFolder) ? readdirSync(uploadFolder) : [])
    if (join(uploadFolder, name) !== partsFolder(house.settings.dataFolder))
      rmSync(join(uploadFolder, name), { recursive: true, force: true });
  const redis = house.settings.redisUrl ? new RedisCheck(house.settings.redisUrl) : null;
  return new WebServer({
    ...options,
    hubUrl: house.settings.url,
    log: house.log,
    sites: house.sites,
    freshness: house.freshness,
    screens,
    isTrustedProxy,
    current: () => house.host.current,
    themesRevision: () => house.themes.revision,
    variantOf: (blog, cookie) => schemeOf(lookOf(blog, house.themes.chain(blog.theme)), cookie),
    scope: (wanted) => house.scope({ ...wanted, via: "web" }),
    blogSite: {
      media: house.media,
      renderPage: (scope, request) =>
        request.query.has(previewParameter)
          ? renderPreview(scope, house.themes, request)
          : renderPage(scope, house.themes, request),
      asset: (scope, path, query) => assetReply(scope, house.themes, path, query),
      isSchemeReaders: (scope) => lookOf(blogOf(scope), house.themes.chain(blogOf(scope).theme)).design.colorScheme === "reader",
    },
    foreign: house,
    hub: {
      url: house.settings.url,
      uploadFolder,
      own: house.own,
      scope: ({ account, ...rest }) =>
        house.scope({
          ...rest,
          via: "web",
          ...(account && { principal: { accountId: account.id, role: account.role, scopes: null } }),
        }),
      session: (cookie, now) => sessionByCookie(house.storage, cookie, now),
      isSetUp: () => hasAdmin(house.storage),
    },
    health: {
      storage: house.storage,
      media: house.media,
      dataFolder: house.settings.dataFolder,
      queueLag: () => queueLag(house.storage, house.clock.now()),
      checkQueue: async () => redis?.ping(),
      mayReadMetrics: async (token) => {
        const found = await appTokenOf(house.storage, token, house.clock.now());
        return found?.account.role === "admin" && found.token.scopes.includes("metrics");
      },
      metrics: () => metrics(house),
    },
  });
}

/** Works on jobs until `signal`, in this process: on the database's own queue, or through BullMQ when Redis is configured. */
export async function work(house: House, signal: AbortSignal): Promise<void> {
  const options = workerOptions(house, signal);
  const { redisUrl } = house.settings;
  if (redisUrl) await runBullWorker({ ...options, redisUrl, prefix: "rookery" });
  else await runWorker(options);
}

/** How the house works on a job; also for running what is due in a command or a test. */
export function workerOptions(house: House, signal: AbortSignal): WorkerOptions {
  const schedules = new PluginSchedules({
    storage: house.storage,
    clock: house.clock,
    current: () => house.host.current,
    blogs: () => listBlogs(house.storage, house.site, { limit: 1000 }),
  });
  const parts = {
    coreJobs: coreJobs(house),
    current: () => house.host.current,
    blog: (id: string) => house.blog(id),
    scope: (blog: Parameters<House["scopeOf"]>[1], requestId: string) =>
      house.scope({ blog, requestId, via: "job", principal: { accountId: null, role: "system" as const, scopes: null } }),
  };
  return {
    queue: house.queue,
    log: house.log,
    signal,
    schedules: () => schedules.turn(),
    run: async (job: LeasedJob, jobSignal: AbortSignal) => {
      await house.refreshIfStale();
      await runJob(parts, job, jobSignal);
    },
    onDead: (job, error) =>
      house.host.current.event(parts.scope(null, job.id), "job.dead", {
        jobId: job.id,
        pluginId: job.pluginId,
        name: job.name,
        error,
      }),
  };
}

/**
 * Keeps the process alive through a plugin's stray rejection, which is counted against that plugin; anything else nobody
 * caught means that we do not know our own state any more: `onFatal` stops in order.
 */
export function watchProcess(house: House, onFatal: (error: unknown) => void): void {
  process.on("unhandledRejection", (error) => {
    const frame = runningPlugin();
    if (!frame) return onFatal(error);
    house.host.guard.blame(frame.pluginId, `${frame.part} (left behind)`, error, house.log);
  });
  process.on("uncaughtException", (error) => {
    const frame = runningPlugin();
    if (!frame) return onFatal(error);
    house.host.guard.blame(frame.pluginId, `${frame.part} (left behind)`, error, house.log);
    house.log.error(`Plugin “${frame.pluginId}” threw where nobody was waiting: ${sentenceOf(error)}`);
  });
}

function proxies(trusted: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of trusted) {
    const [address, bits] = entry.split("/");
    const family = isIP(address!) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address!, family);
    else list.addSubnet(address!, Number(bits), family);
  }
  return (address) => trusted.length > 0 && isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

async function metrics(house: House): Promise<string> {
  const jobs = await countJobs(house.storage);
  const lines = [
    "# TYPE rookery_jobs gauge",
    ...Object.entries(jobs).map(([state, count]) => `rookery_jobs{state="${state}"} ${count}`),
    "# TYPE rookery_queue_lag_seconds gauge",
    `rookery_queue_lag_seconds ${await queueLag(house.storage, house.clock.now())}`,
    "# TYPE process_resident_memory_bytes gauge",
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    "# TYPE rookery_plugin_calls_total counter",
    ...[...house.host.guard.records].map(([id, record]) => `rookery_plugin_calls_total{plugin="${id}"} ${record.calls}`),
    "# TYPE rookery_plugin_failures_total counter",
    ...[...house.host.guard.records].map(([id, record]) => `rookery_plugin_failures_total{plugin="${id}"} ${record.failures}`),
  ];
  return `${lines.join("\n")}\n`;
}
