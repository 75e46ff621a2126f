import { statfs } from "node:fs/promises";
import { lastBackup } from "../../../core/backup/kept-backups.ts";
import { failingDomains } from "../../../core/blogs/domains/check-domain.ts";
import { waitingDomains } from "../../../core/blogs/domains/waiting-domains.ts";
import { countJobs, queueLag } from "../../../core/jobs/list-jobs.ts";
import { readMailState } from "../../../core/people/mail/mail-state.ts";
import { waitingSignUps } from "../../../core/residents/joining/sign-ups.ts";
import { formatBytes, formatDate } from "../../formats.ts";
import { pluginsFor } from "../../plugin-words.ts";
import type { AdminRequest } from "../../request.ts";

/** One thing that was looked at, with the way to its remedy. */
export type Line = {
  readonly label: string;
  readonly status: "good" | "warn" | "bad";
  readonly detail: string;
  readonly href?: string;
  readonly link?: string;
};
type Look = (request: AdminRequest) => Promise<Line>;

const day = 86_400_000;

/** Everything the installation's home looks at, in its order. */
export const checks: Readonly<Record<string, Look>> = {
  version,
  database,
  disk,
  media,
  backups,
  queue,
  dead,
  plugins,
  mail,
  address,
  domains,
  "sign-ups": signUps,
};

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
  const more = { href: "/admin/backups", link: t("health.disk-link") };
  return { label: t("health.disk"), status, detail: t("check.free", { size: formatBytes(free, language) }), ...more };
}

async function media({ house, t }: AdminRequest): Promise<Line> {
  await house.media.check();
  return { label: t("health.media"), status: "good", detail: t("health.media-good") };
}

async function backups({ house, scope, t, language, account }: AdminRequest): Promise<Line> {
  const last = await lastBackup(house.storage);
  const more = { label: t("health.backups"), href: "/admin/backups", link: t("health.backups-link") };
  if (last === null) return { ...more, status: "warn", detail: t("health.backups-none") };
  const isOld = scope.clock.now().getTime() - Date.parse(last) > 7 * day;
  const date = formatDate(last, account?.timeZone, language);
  return { ...more, status: isOld ? "warn" : "good", detail: t(isOld ? "health.backups-old" : "health.backups-last", { date }) };
}

async function queue({ house, scope, t }: AdminRequest): Promise<Line> {
  const seconds = Math.round((await queueLag(house.storage, scope.clock.now())) / 1000);
  const status = seconds > 300 ? "bad" : seconds > 60 ? "warn" : "good";
  const more = { href: "/admin/jobs", link: t("jobs.title") };
  return { label: t("health.queue"), status, detail: t("health.queue-lag", { n: seconds }), ...more };
}

async function dead({ house, t }: AdminRequest): Promise<Line> {
  const n = (await countJobs(house.storage)).dead;
  const detail = n === 0 ? t("health.dead-none") : t("health.dead-some", { n });
  const more = { href: "/admin/jobs?state=dead", link: t("jobs.title") };
  return { label: t("health.dead"), status: n === 0 ? "good" : "warn", detail, ...more };
}

async function plugins(request: AdminRequest): Promise<Line> {
  const { house, t } = request;
  const troubled = (await pluginsFor(request)).filter((one) => ["paused", "failed", "broken", "missing"].includes(one.state));
  const more = { label: t("health.plugins"), href: "/admin/plugins", link: t("plugins.title") };
  if (house.host.isSafeMode) return { ...more, status: "warn", detail: t("plugins.safe-mode") };
  if (troubled.length === 0) return { ...more, status: "good", detail: t("health.plugins-good") };
  return { ...more, status: "bad", detail: troubled.map((one) => `${one.name}: ${one.reason}`).join(" ") };
}

async function mail({ house, t, language, account }: AdminRequest): Promise<Line> {
  const more = { label: t("health.mail"), href: "/admin/mail", link: t("health.mail-link") };
  if (house.settings.smtpUrl === null) return { ...more, status: "warn", detail: t("health.mail-none") };
  const last = await readMailState(house.storage);
  if (!last) return { ...more, status: "good", detail: t("health.mail-untried") };
  const date = formatDate(last.at, account?.timeZone, language);
  if (last.isSent) return { ...more, status: "good", detail: t("health.mail-good", { date }) };
  return { ...more, status: "bad", detail: t("health.mail-failed", { date, why: last.sentence }) };
}

async function address({ house, t, headers }: AdminRequest): Promise<Line> {
  const { url, trustProxy } = house.settings;
  const more = { label: t("check.address"), href: "/admin/settings/advanced", link: t("health.settings-link") };
  const seen = headers.host ?? "";
  if (seen !== new URL(url).host) return { ...more, status: "warn", detail: t("check.address-differs", { seen, url }) };
  const isLocal = /^http:\/\/(localhost|127\.)/.test(url);
  if (!url.startsWith("https:") && !isLocal) return { ...more, status: "warn", detail: t("check.https-none") };
  if (url.startsWith("https:") && trustProxy.length === 0) return { ...more, status: "warn", detail: t("health.proxy-none") };
  return { ...more, status: "good", detail: url };
}

async function domains({ house, t }: AdminRequest): Promise<Line> {
  const failing = await failingDomains(house.storage);
  const more = { label: t("health.domains"), link: t("health.domains-link") };
  if (failing.length > 0) {
    const names = failing.map(({ host }) => host);
    const detail = t("health.domains-failing", { n: failing.length, names });
    return { ...more, status: "warn", detail, href: `/b/${failing[0]!.host}/settings/domain` };
  }
  const waiting = await waitingDomains(house.storage);
  if (waiting.length === 0) return { ...more, status: "good", detail: t("health.domains-good") };
  const detail = t("health.domains-waiting", { n: waiting.length, names: waiting.map(({ host }) => host) });
  return { ...more, status: "warn", detail, href: `/b/${waiting[0]!.blog}/settings/domain` };
}

async function signUps({ house, t }: AdminRequest): Promise<Line> {
  const n = (await waitingSignUps(house.storage)).length;
  const more = { label: t("health.sign-ups"), href: "/admin/people#sign-ups", link: t("health.sign-ups-link") };
  return n === 0
    ? { ...more, status: "good", detail: t("health.sign-ups-none") }
    : { ...more, status: "warn", detail: t("health.sign-ups-some", { n }) };
}
