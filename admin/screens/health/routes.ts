import { statfs } from "node:fs/promises";
import { failingDomains } from "../../../core/blogs/domains/check-domain.ts";
import { sentenceOf } from "../../../core/errors.ts";
import { countJobs, queueLag } from "../../../core/jobs/list-jobs.ts";
import { formatBytes } from "../../formats.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";

/** How the installation is: one line a thing, each with what to do. */
export const healthScreens: readonly AdminScreen[] = [{ method: "GET", path: "/admin", access: "admin", run: show }];

type Line = {
  readonly label: string;
  readonly status: "good" | "warn" | "bad";
  readonly detail: string;
  readonly href?: string;
  readonly link?: string;
};
type Look = (request: AdminRequest) => Promise<Line>;

const checks: Readonly<Record<string, Look>> = { version, database, disk, media, queue, dead, plugins, mail, address, domains };

async function show(request: AdminRequest) {
  const lines = await Promise.all(Object.entries(checks).map(([name, look]) => alone(request, name, look)));
  return request.html("screens/health/health", request.t("health.title"), {
    lines: [...lines, ...(await fromPlugins(request))],
    isWell: lines.every((line) => line.status === "good"),
  });
}

// Each check can fail by itself: the others still show.
async function alone(request: AdminRequest, name: string, look: Look): Promise<Line> {
  try {
    return await look(request);
  } catch (error) {
    request.house.log.warn(`The check “${name}” failed: ${sentenceOf(error)}`);
    return { label: request.t(`health.${name}`), status: "bad", detail: sentenceOf(error) };
  }
}

async function version({ house, t }: AdminRequest): Promise<Line> {
  return { label: t("health.version"), status: "good", detail: `Rookery ${house.site.version}, Node ${process.versions.node}` };
}

async function database({ house, t }: AdminRequest): Promise<Line> {
  const started = performance.now();
  await house.storage.query("SELECT 1 AS one");
  const milliseconds = Math.ceil(performance.now() - started);
  const engine = house.storage.dialect === "sqlite" ? "SQLite" : "MySQL/MariaDB";
  return { label: t("health.database"), status: "good", detail: t("health.database-answers", { engine, milliseconds }) };
}

async function disk({ house, t, language }: AdminRequest): Promise<Line> {
  const facts = await statfs(house.settings.dataFolder);
  const free = facts.bavail * facts.bsize;
  const status = free < 200_000_000 ? "bad" : free < 2_000_000_000 ? "warn" : "good";
  return { label: t("health.disk"), status, detail: t("check.free", { size: formatBytes(free, language) }) };
}

async function media({ house, t }: AdminRequest): Promise<Line> {
  await house.media.check();
  return { label: t("health.media"), status: "good", detail: t("health.media-good") };
}

async function queue({ house, scope, t }: AdminRequest): Promise<Line> {
  const seconds = Math.round((await queueLag(house.storage, scope.clock.now())) / 1000);
  const status = seconds > 300 ? "bad" : seconds > 60 ? "warn" : "good";
  return {
    label: t("health.queue"),
    status,
    detail: t("health.queue-lag", { n: seconds }),
    href: "/admin/jobs",
    link: t("jobs.title"),
  };
}

async function dead({ house, t }: AdminRequest): Promise<Line> {
  const n = (await countJobs(house.storage)).dead;
  const detail = n === 0 ? t("health.dead-none") : t("health.dead-some", { n });
  return {
    label: t("health.dead"),
    status: n === 0 ? "good" : "warn",
    detail,
    href: "/admin/jobs?state=dead",
    link: t("jobs.title"),
  };
}

async function plugins({ house, t }: AdminRequest): Promise<Line> {
  const troubled = (await house.host.list()).filter((one) => ["paused", "failed", "broken", "missing"].includes(one.state));
  const more = { label: t("health.plugins"), href: "/admin/plugins", link: t("plugins.title") };
  if (house.host.isSafeMode) return { ...more, status: "warn", detail: t("plugins.safe-mode") };
  if (troubled.length === 0) return { ...more, status: "good", detail: t("health.plugins-good") };
  return { ...more, status: "bad", detail: troubled.map((one) => `${one.name}: ${one.reason}`).join(" ") };
}

async function mail({ house, t }: AdminRequest): Promise<Line> {
  const isSet = house.settings.smtpUrl !== null;
  return { label: t("health.mail"), status: isSet ? "good" : "warn", detail: t(isSet ? "health.mail-good" : "health.mail-none") };
}

async function address({ house, t }: AdminRequest): Promise<Line> {
  const { url } = house.settings;
  const isSafe = url.startsWith("https:") || /^http:\/\/(localhost|127\.)/.test(url);
  return { label: t("check.address"), status: isSafe ? "good" : "warn", detail: isSafe ? url : t("check.https-none") };
}

async function domains({ house, t }: AdminRequest): Promise<Line> {
  const failing = await failingDomains(house.storage);
  const more = { label: t("health.domains"), link: t("health.domains-link") };
  if (failing.length === 0) return { ...more, status: "good", detail: t("health.domains-good") };
  const names = failing.map(({ host }) => host).join(", ");
  const detail = t("health.domains-failing", { n: failing.length, names });
  return { ...more, status: "warn", detail, href: `/b/${failing[0]!.host}/settings/domain` };
}

async function fromPlugins({ scope }: AdminRequest): Promise<Line[]> {
  const found = await scope.taps.collect(scope, "health.checks", {});
  const looks = { good: "good", advice: "warn", critical: "bad" } as const;
  return found.flat().map(({ label, status, detail }) => ({ label, status: looks[status], detail }));
}
