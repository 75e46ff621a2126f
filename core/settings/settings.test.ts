import test from "ava";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSettings } from "./settings.ts";

const cwd = "/srv/rookery";

function folder(t: { teardown(work: () => unknown): void }): string {
  const path = mkdtempSync(join(tmpdir(), "rookery-settings-"));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("without any variable the defaults of the contract stand", (t) => {
  const settings = readSettings({}, { cwd, isTty: false });

  t.is(settings.dataFolder, "/srv/rookery/data");
  t.is(settings.url, "http://localhost:8080");
  t.is(settings.host, "127.0.0.1");
  t.is(settings.port, 8080);
  t.is(settings.databaseUrl, "sqlite:/srv/rookery/data/rookery.db");
  t.deepEqual(
    [settings.redisUrl, settings.mediaUrl, settings.smtpUrl, settings.secret, settings.dns],
    [null, null, null, null, null],
  );
  t.deepEqual([settings.trustProxy, settings.fetchAllow], [[], []]);
  t.deepEqual([settings.privateNetwork, settings.safeMode], [false, false]);
  t.deepEqual([settings.logLevel, settings.logFormat], ["info", "json"]);
  t.true(settings.entries.every((entry) => entry.source === "default"));
});

test("a moved port moves the default address too", (t) => {
  t.is(readSettings({ PORT: "9000" }, { cwd }).url, "http://localhost:9000");
  t.is(readSettings({ PORT: "9000", ROOKERY_PORT: "9001" }, { cwd }).port, 9001);
});

test("settings cannot be changed after reading", (t) => {
  const settings = readSettings({}, { cwd });

  t.throws(() => Object.assign(settings, { port: 1 }), { instanceOf: TypeError });
  t.throws(() => (settings.trustProxy as string[]).push("0.0.0.0/0"), { instanceOf: TypeError });
});

test("a .env file is read, and the environment wins over it", (t) => {
  const path = folder(t);
  writeFileSync(join(path, ".env"), "ROOKERY_PORT=9100\nROOKERY_URL=https://kim.example\n");

  const settings = readSettings({ ROOKERY_PORT: "9200" }, { cwd: path });

  t.is(settings.port, 9200);
  t.is(settings.url, "https://kim.example");
  const sources = Object.fromEntries(settings.entries.map((entry) => [entry.name, entry.source]));
  t.deepEqual([sources.ROOKERY_PORT, sources.ROOKERY_URL, sources.LOG_LEVEL], ["environment", ".env", "default"]);
});

test("an unknown name in the .env file is refused too", (t) => {
  const path = folder(t);
  writeFileSync(join(path, ".env"), "ROOKERY_PROT=9100\n");

  t.throws(() => readSettings({}, { cwd: path }), { message: /ROOKERY_PROT.*ROOKERY_PORT=8080/ });
});

test("an unknown name is refused with the nearest known one and an example", (t) => {
  const error = t.throws(() => readSettings({ ROOKERY_TRUST_PROXIES: "10.0.0.1" }, { cwd }));

  t.regex(error!.message, /ROOKERY_TRUST_PROXIES/);
  t.regex(error!.message, /ROOKERY_TRUST_PROXY=127\.0\.0\.1,10\.0\.0\.0\/8/);
});

test("a name near to nothing is refused with a pointer to the list", (t) => {
  t.throws(() => readSettings({ ROOKERY_XYZZY_PLUGH_QUUX: "1" }, { cwd }), { message: /ROOKERY_XYZZY_PLUGH_QUUX.*doctor/ });
});

test("an empty variable counts as not set", (t) => {
  t.is(readSettings({ ROOKERY_PORT: "", DATABASE_URL: " " }, { cwd }).port, 8080);
});

for (const [name, value] of [
  ["ROOKERY_URL", "rookery.example"],
  ["ROOKERY_URL", "https://rookery.example/blog"],
  ["ROOKERY_URL", "https://kim:pw@rookery.example"],
  ["ROOKERY_URL", "ftp://rookery.example"],
  ["ROOKERY_PORT", "eighty"],
  ["ROOKERY_PORT", "70000"],
  ["ROOKERY_PORT", "-1"],
  ["ROOKERY_HOST", "not a host"],
  ["DATABASE_URL", "postgres://localhost/rookery"],
  ["DATABASE_URL", "mysql://localhost"],
  ["DATABASE_URL", "sqlite:////server/share/x.db"],
  ["REDIS_URL", "localhost:6379"],
  ["MEDIA_URL", "s3://bucket"],
  ["SMTP_URL", "mail.example"],
  ["ROOKERY_SECRET", "short"],
  ["ROOKERY_TRUST_PROXY", "10.0.0.0/33"],
  ["ROOKERY_TRUST_PROXY", "everyone"],
  ["ROOKERY_PRIVATE_NETWORK", "perhaps"],
  ["ROOKERY_FETCH_ALLOW", "127.0.0.1"],
  ["ROOKERY_DNS", "resolver.example:53"],
  ["ROOKERY_SAFE_MODE", "maybe"],
  ["LOG_LEVEL", "loud"],
  ["LOG_FORMAT", "xml"],
] as const) {
  test(`${name}=${value} is refused with a valid example`, (t) => {
    const error = t.throws(() => readSettings({ [name]: value }, { cwd }));

    t.true(error!.message.startsWith(`${name} is not valid`), error!.message);
    t.true(error!.message.includes(`${name}=`), error!.message);
  });
}

test("a malformed secret is not repeated in the sentence", (t) => {
  const error = t.throws(() => readSettings({ DATABASE_URL: "mysq://kim:hunter2@localhost/db" }, { cwd }));

  t.notRegex(error!.message, /hunter2/);
});

test("every example of the sentences is itself valid", async (t) => {
  const { knownSettings } = await import("./known-settings.ts");
  for (const [name, setting] of Object.entries(knownSettings)) t.true(setting.isValid(setting.example), name);
});

test("database addresses: a bare sqlite: and relative files lie in the data folder, mariadb: is mysql:", (t) => {
  const url = (value: string) => readSettings({ DATABASE_URL: value }, { cwd }).databaseUrl;

  t.is(url("sqlite:"), "sqlite:/srv/rookery/data/rookery.db");
  t.is(url("sqlite:other.db"), "sqlite:/srv/rookery/data/other.db");
  t.is(url("sqlite:/tmp/x.db"), "sqlite:/tmp/x.db");
  t.is(url("sqlite:///tmp/x.db"), "sqlite:/tmp/x.db");
  t.is(url("mariadb://kim:pw@db.example/rookery"), "mysql://kim:pw@db.example/rookery");
});

test("test hooks are refused in production unless they are asked for by name", (t) => {
  const env = { NODE_ENV: "production", ROOKERY_FETCH_ALLOW: "127.0.0.1:9999" };

  t.throws(() => readSettings(env, { cwd }), { message: /ROOKERY_FETCH_ALLOW.*ROOKERY_ALLOW_TEST_HOOKS=1/ });
  t.deepEqual(readSettings({ ...env, ROOKERY_ALLOW_TEST_HOOKS: "1" }, { cwd }).fetchAllow, ["127.0.0.1:9999"]);
});
