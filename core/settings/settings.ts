import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { PublicError } from "../errors.ts";
import { knownSettings, settingNames, type KnownSetting, type SettingName } from "./known-settings.ts";
import { nearestName } from "./nearest-name.ts";
import { oneOf, parseDatabase, parseOrigin, parsePairs, parsePort, parseProxies, parseSwitch } from "./setting-values.ts";

/** One variable as it stands, for `rookery doctor`: `value` is the raw text (mask it when `isSecret`). */
export type SettingEntry = {
  readonly name: SettingName;
  readonly value: string;
  readonly source: "environment" | ".env" | "default";
  readonly isSecret: boolean;
};

/** What the operator decided, typed and frozen; read once at the start. */
export type Settings = {
  /** Absolute path. */
  readonly dataFolder: string;
  /** The hub's public origin, without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** `sqlite:/absolute/path/rookery.db` or `mysql://…`. */
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  readonly mediaUrl: string | null;
  readonly smtpUrl: string | null;
  /** As given; null when the one in the data folder counts (see `installationSecret`). */
  readonly secret: string | null;
  /** Addresses and networks in CIDR form; empty when no proxy is believed. */
  readonly trustProxy: readonly string[];
  readonly privateNetwork: boolean;
  /** `host:port` pairs that outgoing requests may reach although private. */
  readonly fetchAllow: readonly string[];
  readonly dns: string | null;
  readonly safeMode: boolean;
  readonly logLevel: "debug" | "info" | "warn" | "error";
  readonly logFormat: "json" | "pretty";
  readonly isProduction: boolean;
  readonly entries: readonly SettingEntry[];
};

type Env = Readonly<Record<string, string | undefined>>;
type Place = { readonly cwd: string; readonly isTty?: boolean };

// The test suite's own switches; the product does not read them, but processes under test inherit them.
const testNames = ["ROOKERY_TEST_MYSQL", "ROOKERY_TEST_REDIS"];

/** Reads the environment and a `.env` file beside (the environment wins). A PublicError names the variable that is wrong. */
export function readSettings(env: Env, { cwd, isTty = process.stderr.isTTY }: Place): Settings {
  const file = readEnvFile(join(cwd, ".env"));
  for (const name of [...Object.keys(env), ...Object.keys(file)]) refuseUnknown(name);
  const entries = settingNames.map((name) => entryOf(name, env, file));
  const given = (name: SettingName): string | null => {
    const entry = entries.find((one) => one.name === name)!;
    return entry.source === "default" ? null : entry.value;
  };
  const isProduction = (env.NODE_ENV ?? file.NODE_ENV) === "production";
  refuseTestHooks(given, isProduction);

  const dataFolder = resolve(cwd, given("ROOKERY_DATA") ?? "./data");
  const port = parsePort(given("ROOKERY_PORT") ?? given("PORT") ?? "8080")!;
  return Object.freeze({
    dataFolder,
    // Whoever only moves the port expects the printed address to work.
    url: parseOrigin(given("ROOKERY_URL") ?? `http://localhost:${port}`)!,
    host: given("ROOKERY_HOST") ?? "127.0.0.1",
    port,
    databaseUrl: parseDatabase(given("DATABASE_URL") ?? "sqlite:", dataFolder)!,
    redisUrl: given("REDIS_URL"),
    mediaUrl: given("MEDIA_URL"),
    smtpUrl: given("SMTP_URL"),
    secret: given("ROOKERY_SECRET"),
    trustProxy: Object.freeze(parseProxies(given("ROOKERY_TRUST_PROXY") ?? "off")!),
    privateNetwork: parseSwitch(given("ROOKERY_PRIVATE_NETWORK") ?? "off")!,
    fetchAllow: Object.freeze(parsePairs(given("ROOKERY_FETCH_ALLOW") ?? "") ?? []),
    dns: given("ROOKERY_DNS"),
    safeMode: parseSwitch(given("ROOKERY_SAFE_MODE") ?? "off")!,
    logLevel: oneOf("debug", "info", "warn", "error")(given("LOG_LEVEL") ?? "info")!,
    logFormat: oneOf("json", "pretty")(given("LOG_FORMAT") ?? (isTty ? "pretty" : "json"))!,
    isProduction,
    entries: Object.freeze(entries),
  });
}

function readEnvFile(path: string): Env {
  if (!existsSync(path)) return {};
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new PublicError(
      "settings.env-file",
      `The file ${path} cannot be read (${(cause as Error).message}); make it readable.`,
    );
  }
}

function refuseUnknown(name: string): void {
  if (!name.startsWith("ROOKERY_") || name in knownSettings || testNames.includes(name)) return;
  const near = nearestName(name, settingNames);
  const hint = near
    ? `did you mean ${near}, for example ${near}=${knownSettings[near as SettingName].example}?`
    : "remove it; `rookery doctor` lists the settings there are, for example ROOKERY_PORT=8080.";
  throw new PublicError("settings.unknown", `There is no setting ${name}: ${hint}`);
}

function entryOf(name: SettingName, env: Env, file: Env): SettingEntry {
  const known: KnownSetting = knownSettings[name];
  const isSecret = known.isSecret ?? false;
  // An empty variable is what compose files and CI pass for "not set".
  const value = env[name]?.trim() || file[name]?.trim();
  if (!value) return Object.freeze({ name, value: known.initial, source: "default", isSecret });
  if (!known.isValid(value)) {
    const shown = isSecret ? "its value" : `“${value.slice(0, 80)}”`;
    throw new PublicError("settings.malformed", `${name} is not valid: ${shown} should look like ${name}=${known.example}`);
  }
  return Object.freeze({ name, value, source: env[name]?.trim() ? "environment" : ".env", isSecret });
}

function refuseTestHooks(given: (name: SettingName) => string | null, isProduction: boolean): void {
  const hook = (["ROOKERY_FETCH_ALLOW", "ROOKERY_DNS"] as const).find((name) => given(name) !== null);
  if (!hook || !isProduction || parseSwitch(given("ROOKERY_ALLOW_TEST_HOOKS") ?? "off")) return;
  throw new PublicError(
    "settings.test-hook",
    `${hook} is for tests and is refused while NODE_ENV=production; remove it, or set ROOKERY_ALLOW_TEST_HOOKS=1 if you mean it.`,
  );
}
