import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { coreMigrations } from "../../../migrations/index.ts";
import { sentenceOf } from "../../errors.ts";
import { openMediaStore } from "../../media/open-store.ts";
import { coreTables } from "../../schema.ts";
import { mask } from "../../settings/mask.ts";
import { installationSecret, secretFile } from "../../settings/secret.ts";
import type { Settings } from "../../settings/settings.ts";
import { isFresh, pendingMigrations } from "../../storage/migrate.ts";
import { Storage } from "../../storage/storage.ts";
import { databaseTrouble } from "../../storage/database-trouble.ts";
import { error, ok, warn, type Finding } from "./finding.ts";
import { houseFindings } from "./house-findings.ts";

/** Everything the self-check finds; never throws for what it looks at. */
export async function findings(settings: Settings): Promise<Finding[]> {
  return [
    ...configuration(settings),
    folder(settings),
    secret(settings),
    ...(await database(settings)),
    await media(settings),
    await redis(settings),
  ];
}

function configuration(settings: Settings): Finding[] {
  const found = [ok("node", `${process.version} with SQLite ${process.versions.sqlite}.`)];
  const isLocal = /^http:\/\/(localhost|127\.|\[::1\])/.test(settings.url);
  if (!isLocal && settings.url.startsWith("http:"))
    found.push(
      warn(
        "address",
        `${settings.url} is not encrypted: put a proxy with a certificate in front and set ROOKERY_URL to its https address.`,
      ),
    );
  if (settings.url.startsWith("https:") && settings.trustProxy.length === 0)
    found.push(warn("proxy", "ROOKERY_URL is https, so a proxy stands in front: name its address in ROOKERY_TRUST_PROXY."));
  if (settings.privateNetwork)
    found.push(
      warn("network", "ROOKERY_PRIVATE_NETWORK lets outgoing requests reach private addresses: unset it outside tests."),
    );
  if (settings.fetchAllow.length > 0 || settings.dns)
    found.push(warn("network", "ROOKERY_FETCH_ALLOW or ROOKERY_DNS is set: unset it outside tests."));
  if (settings.safeMode)
    found.push(warn("plugins", "ROOKERY_SAFE_MODE is on, so no plugin runs: unset it when the cause is gone."));
  if (!settings.smtpUrl) found.push(warn("mail", "No mail is sent: it lies in the data folder's mail/; set SMTP_URL."));
  if (settings.databaseUrl.startsWith("mysql:") && !settings.redisUrl)
    found.push(ok("jobs", "They are kept in the database; set REDIS_URL when several machines share it."));
  return found;
}

function folder({ dataFolder }: Settings): Finding {
  if (!existsSync(dataFolder)) return warn("data folder", `${dataFolder} is not there yet: rookery start makes it.`);
  try {
    accessSync(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (reason) {
    return error("data folder", `${dataFolder} cannot be written (${sentenceOf(reason)}): give this user the right to.`);
  }
  const disk = statfsSync(dataFolder);
  const free = Math.floor((disk.bavail * disk.bsize) / 1024 / 1024);
  return free < 200
    ? error("disk", `Only ${free} MB are free at ${dataFolder}: make room.`)
    : ok("data folder", `${dataFolder}, ${free} MB free.`);
}

function secret(settings: Settings): Finding {
  if (settings.secret === null && !existsSync(secretFile(settings.dataFolder)))
    return ok("secret", "It is made at the first start.");
  try {
    installationSecret(settings);
    return ok(
      "secret",
      settings.secret === null ? `${secretFile(settings.dataFolder)}, readable by this user alone.` : "From ROOKERY_SECRET.",
    );
  } catch (reason) {
    return error("secret", sentenceOf(reason));
  }
}

async function database(settings: Settings): Promise<Finding[]> {
  const { databaseUrl } = settings;
  if (isFresh(databaseUrl)) return [warn("database", "It is not there yet: rookery start makes it.")];
  const found: Finding[] = [];
  let storage: Storage;
  try {
    storage = await Storage.open({ url: databaseUrl, tables: coreTables, migrations: coreMigrations });
  } catch (reason) {
    return [error("database", sentenceOf(databaseTrouble(databaseUrl, reason)))];
  }
  try {
    const pending = await pendingMigrations(storage);
    if (pending.length > 0) return [warn("database", `${pending.length} migrations are to run: rookery migrate does it.`)];
    found.push(await integrity(storage), await clocks(storage), await work(storage));
  } catch (reason) {
    return [error("database", sentenceOf(reason))];
  } finally {
    await storage.close();
  }
  return [...found, ...(await houseFindings(settings))];
}

async function integrity(storage: Storage): Promise<Finding> {
  if (storage.dialect === "mysql") return ok("database", "It answers and its tables are up to date.");
  const [row] = await storage.query<{ quick_check: string }>("PRAGMA quick_check(1)");
  return row?.quick_check === "ok"
    ? ok("database", "It is whole and its tables are up to date.")
    : error("database", `The file is damaged (${row?.quick_check}): stop Rookery and restore a backup.`);
}

async function clocks(storage: Storage): Promise<Finding> {
  if (storage.dialect === "sqlite") return ok("clock", new Date().toISOString());
  const [row] = await storage.query<{ seconds: number }>("SELECT UNIX_TIMESTAMP() AS seconds");
  const apart = Math.abs(Number(row?.seconds) - Date.now() / 1000);
  return apart > 5
    ? error("clock", `This machine's and the database's clocks are ${Math.round(apart)} s apart: run NTP on both.`)
    : ok("clock", "It agrees with the database's.");
}

async function work(storage: Storage): Promise<Finding> {
  const [dead] = await storage.query<{ n: number }>("SELECT COUNT(*) AS n FROM jobs WHERE state = ?", ["dead"]);
  return Number(dead?.n) > 0 ? warn("jobs", `${dead?.n} gave up: see Jobs in the dashboard.`) : ok("jobs", "None has given up.");
}

async function media(settings: Settings): Promise<Finding> {
  const where = settings.mediaUrl === null ? "the data folder's media/" : mask(settings.mediaUrl);
  if (settings.mediaUrl === null && !existsSync(settings.dataFolder))
    return ok("media", "Its folder is made at the first start.");
  try {
    await openMediaStore(settings).check();
    return ok("media", `${where} can be written.`);
  } catch (reason) {
    return error("media", `${where} does not answer (${sentenceOf(reason)}): repair it, or correct MEDIA_URL.`);
  }
}

async function redis({ redisUrl }: Settings): Promise<Finding> {
  if (redisUrl === null) return ok("redis", "Not used.");
  const { Redis } = await import("ioredis");
  const client = new Redis(redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    connectTimeout: 3000,
    retryStrategy: () => null,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.ping();
    return ok("redis", "It answers.");
  } catch (reason) {
    return error("redis", `It does not answer (${sentenceOf(reason)}): start it, or correct REDIS_URL.`);
  } finally {
    client.disconnect();
  }
}
