import { failingDomains } from "../../blogs/domains/check-domain.ts";
import { sentenceOf } from "../../errors.ts";
import type { HealthCheck } from "../../hooks/values.ts";
import type { PluginInfo } from "../../host/plugin-host.ts";
import { describeUpgrade } from "../../host/shape/upgrade.ts";
import { House } from "../../house.ts";
import { isTimeZone } from "../../people/zones.ts";
import { createLog } from "../../settings/log.ts";
import type { Settings } from "../../settings/settings.ts";
import type { Storage } from "../../storage/storage.ts";
import { error, ok, warn, type Finding } from "./finding.ts";

/** What the self-check finds in an installation whose database is in order: plugins, what they say themselves, blogs. */
export async function houseFindings(settings: Settings): Promise<Finding[]> {
  let house: House;
  try {
    // What loading the plugins has to say comes as findings, not as lines of the log.
    const log = createLog({ ...settings, logLevel: "error" });
    house = await House.open(settings, { log: { ...log, error: () => undefined }, schema: "check" });
  } catch (reason) {
    return [error("installation", sentenceOf(reason))];
  }
  try {
    const scope = house.scope({ via: "cli", principal: { accountId: null, role: "system", scopes: null } });
    const said = await scope.taps.collect(scope, "health.checks", {});
    return [
      ...waitingPlugins(house),
      ...pluginStates(await house.host.list()),
      ...said.flat().map(saidByPlugin),
      ...(await zones(house.storage)),
      ...(await domains(house.storage)),
    ];
  } catch (reason) {
    return [error("installation", sentenceOf(reason))];
  } finally {
    await house.close();
  }
}

function waitingPlugins({ host }: House): Finding[] {
  return host.upgrades.waiting.map((upgrade) =>
    warn("plugins", `${describeUpgrade(upgrade)}: it is to be brought up to date; rookery migrate does it, or the next start.`),
  );
}

function pluginStates(plugins: readonly PluginInfo[]): Finding[] {
  const trouble = plugins.flatMap((plugin) => troubleOf(plugin) ?? []);
  const running = plugins.filter(({ state }) => state === "enabled").length;
  return trouble.length > 0 ? trouble : [ok("plugins", `${running} of ${plugins.length} are on, none is in trouble.`)];
}

function troubleOf({ id, state, reason }: PluginInfo): Finding | null {
  if (state === "broken") return warn("plugins", `${id} does not load (${reason}): repair its folder, or take it away.`);
  if (state === "missing") return warn("plugins", `${id}: ${reason} rookery plugin remove ${id} --yes deletes its data.`);
  if (state === "paused" || state === "failed")
    return warn("plugins", `${id} is ${state} (${reason}): repair or remove it, then rookery plugin enable ${id}.`);
  return null;
}

function saidByPlugin({ label, status, detail }: HealthCheck): Finding {
  const level = ({ good: "ok", advice: "warn", critical: "error" } as const)[status] ?? "warn";
  return { level, subject: String(label).slice(0, 100), sentence: String(detail).replace(/\s+/g, " ").slice(0, 500) };
}

async function zones(storage: Storage): Promise<Finding[]> {
  const rows = await storage.query<{ zone: string }>("SELECT DISTINCT time_zone AS zone FROM blogs");
  const unknown = rows.map(({ zone }) => zone).filter((zone) => !isTimeZone(zone));
  const found: Finding[] = [];
  for (const zone of unknown.slice(0, 20)) {
    const blogs = await storage.query<{ host: string }>("SELECT host FROM blogs WHERE time_zone = ? ORDER BY host LIMIT 5", [
      zone,
    ]);
    const hosts = blogs.map(({ host }) => host).join(", ");
    found.push(error("time zone", `This machine knows no zone “${zone}” (${hosts}): choose another in the blog's settings.`));
  }
  return found;
}

async function domains(storage: Storage): Promise<Finding[]> {
  const sql =
    "SELECT h.host, b.host AS blog FROM blog_hosts h JOIN blogs b ON b.id = h.blog_id WHERE h.state = 'pending' ORDER BY h.host LIMIT 20";
  const waiting = await storage.query<{ host: string; blog: string }>(sql);
  const failing = (await failingDomains(storage)).map(({ host, failingSince }) =>
    warn("domains", `${host} has not led here since ${failingSince!.slice(0, 10)}: set its A, AAAA or CNAME record right.`),
  );
  const unproven = waiting.map(({ host, blog }) =>
    warn("domains", `${host} is not verified: set its TXT record, then rookery blog domain verify ${host} --blog ${blog}.`),
  );
  return [...failing, ...unproven];
}
