import { existsSync } from "node:fs";
import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import { sentenceOf } from "../errors.ts";
import { systemClock } from "../clock.ts";
import { markSound, soundAfterMs, StartLog } from "../host/crash-recovery.ts";
import type { ValueOf } from "../hooks/catalogue.ts";
import { House } from "../house.ts";
import { setupLink } from "../people/setup-link.ts";
import { lockDataFolder, type Role } from "../settings/data-folder.ts";
import { createLog } from "../settings/log.ts";
import { readSettings, type Settings } from "../settings/settings.ts";
import { makeWeb, watchProcess, work } from "../start.ts";
import type { ScreenSet } from "../web/screen.types.ts";
import type { Console } from "./command.ts";
import { giveBackMemory } from "./give-back.ts";

/** How it is served: for development no page is kept in memory. */
export type ServeMode = { readonly isDev?: boolean };

/** Runs web, worker or both until a signal comes; gives the exit code. PublicError when it cannot start. */
export async function serve(role: Role, console: Console, mode: ServeMode = {}): Promise<number> {
  const settings = readSettings(console.env, console);
  const lock = lockDataFolder(settings.dataFolder, role);
  const log = createLog(settings);
  warnOfTestHooks(settings, log);
  let house: House | undefined;
  const stop = new AbortController();
  const keepMemory = giveBackMemory();
  let code = 0;
  const starts = role === "worker" ? null : new StartLog(settings.dataFolder, systemClock);
  try {
    house = await House.open(settings, { log, isAfterCrash: starts?.begin() ?? false });
    const sound = starts && setTimeout(noteSound, soundAfterMs, house, starts).unref();
    const end = endOf(stop, log);
    watchProcess(house, (error) => {
      log.error(`Stopping, because nobody caught this: ${sentenceOf(error)}`, { error });
      code = 1;
      stop.abort();
    });
    const web = role === "worker" ? null : makeWeb(house, await screensOf(house), mode.isDev ? { cacheBytes: 0 } : {});
    if (web) await announce(house, await web.listen(settings.port, settings.host), console);
    else console.out("Working on jobs.");
    const working = role === "web" ? null : work(house, stop.signal);
    void tellPlugins(house, "app.ready", { generation: house.host.current.number });
    await Promise.race([end, ...(working ? [working] : [])]);
    stop.abort();
    await Promise.all([web?.close(), tellPlugins(house, "app.stopping", {})]);
    // Unfinished jobs go back to the queue; one that does not listen is left to its lease.
    await Promise.race([working, after(10_000, undefined, { ref: false })]);
    clearTimeout(sound ?? undefined);
    return code;
  } finally {
    if (code === 0) starts?.clear(); // whatever ended here in words was no crash
    keepMemory();
    await house?.close();
    lock.release();
  }
}

// A minute without a crash: whatever plugins run now may run at the next start too.
function noteSound(house: House, starts: StartLog): void {
  starts.clear();
  const plugins = [...house.host.current.plugins.keys()];
  markSound(house.storage, plugins, house.clock.now()).catch((error: unknown) => house.log.warn(sentenceOf(error)));
}

// Plugins that are on anywhere hear of it once, without a blog; one that throws or hangs costs only itself.
async function tellPlugins<N extends "app.ready" | "app.stopping">(house: House, name: N, value: ValueOf<N>): Promise<void> {
  const scope = house.scope({ via: "host", principal: { accountId: null, role: "system", scopes: null } });
  await scope.taps.event(scope, name, value);
}

async function screensOf(house: House): Promise<ScreenSet> {
  // The dashboard stands beside the core, which knows no screen: it is found by its place, and may be missing.
  const place = new URL("../../admin/routes.ts", import.meta.url);
  if (!existsSync(place)) return [];
  const { adminRoutes } = (await import(place.href)) as { adminRoutes(house: House): Promise<ScreenSet> };
  return adminRoutes(house);
}

async function announce(house: House, port: number, console: Console): Promise<void> {
  const url = house.settings.port === 0 ? `http://localhost:${port}` : house.settings.url;
  console.out(`Rookery is at ${url}`);
  const link = await setupLink(house.storage, url, house.clock.now());
  if (link !== null) console.out(`Set it up here (the link works once): ${link}`);
}

function endOf(stop: AbortController, log: { info(message: string): void }): Promise<unknown> {
  let signals = 0;
  const onSignal = (signal: string) => {
    // The second one means at once.
    if (++signals > 1) process.exit(1);
    log.info(`${signal}: finishing what is under way`);
    stop.abort();
  };
  process.on("SIGTERM", onSignal).on("SIGINT", onSignal);
  return once(stop.signal, "abort");
}

function warnOfTestHooks(settings: Settings, log: { warn(message: string): void }): void {
  if (settings.privateNetwork)
    log.warn("ROOKERY_PRIVATE_NETWORK=allow: outgoing requests reach private addresses. For tests and closed networks only.");
  if (settings.fetchAllow.length > 0)
    log.warn(`ROOKERY_FETCH_ALLOW lets outgoing requests reach ${settings.fetchAllow.join(", ")}. For tests only.`);
  if (settings.dns) log.warn(`ROOKERY_DNS asks ${settings.dns} for names. For tests only.`);
  if (settings.safeMode) log.warn("Safe mode: no plugin runs.");
}
