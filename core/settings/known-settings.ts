import {
  parseBucket,
  parseEndpoint,
  parseHost,
  parseOrigin,
  parsePairs,
  parsePort,
  parseProxies,
  parseServer,
} from "./setting-values.ts";
import { oneOf, parseDatabase, parseSwitch } from "./setting-values.ts";

/** One environment variable: what it looks like and what stands there when it is not given. */
export type KnownSetting = {
  readonly example: string;
  /** How an unset variable is shown. */
  readonly initial: string;
  /** Values are never shown whole. */
  readonly isSecret?: boolean;
  readonly isValid: (value: string) => boolean;
};

const valid =
  (parse: (value: string) => unknown) =>
  (value: string): boolean =>
    parse(value) !== undefined;

/** Every variable Rookery reads, by name; docs/settings.md has a heading for each. */
export const knownSettings = {
  ROOKERY_DATA: { example: "/var/lib/rookery", initial: "./data", isValid: (value) => !value.includes("\0") },
  ROOKERY_URL: { example: "https://rookery.example", initial: "http://localhost:8080", isValid: valid(parseOrigin) },
  ROOKERY_HOST: { example: "0.0.0.0", initial: "127.0.0.1", isValid: valid(parseHost) },
  ROOKERY_PORT: { example: "8080", initial: "8080", isValid: valid(parsePort) },
  PORT: { example: "8080", initial: "ROOKERY_PORT", isValid: valid(parsePort) },
  DATABASE_URL: {
    example: "mysql://rookery:password@localhost:3306/rookery",
    initial: "sqlite:rookery.db",
    isSecret: true,
    isValid: (value) => parseDatabase(value, "/") !== undefined,
  },
  REDIS_URL: {
    example: "redis://localhost:6379",
    initial: "none",
    isSecret: true,
    isValid: valid(parseServer("redis", "rediss")),
  },
  MEDIA_URL: {
    example: "s3://KEY:SECRET@s3.example/bucket?region=eu-central-1",
    initial: "the data folder's media/",
    isSecret: true,
    isValid: valid(parseBucket),
  },
  SMTP_URL: {
    example: "smtps://user:password@mail.example:465",
    initial: "none: mail goes to the log and the data folder's mail/",
    isSecret: true,
    isValid: valid(parseServer("smtp", "smtps")),
  },
  ROOKERY_SECRET: {
    example: "64 random characters, as `openssl rand -hex 32` prints them (32 is the least)",
    initial: "generated into the data folder",
    isSecret: true,
    isValid: (value) => Buffer.byteLength(value) >= 32,
  },
  ROOKERY_TRUST_PROXY: { example: "127.0.0.1,10.0.0.0/8", initial: "off", isValid: valid(parseProxies) },
  ROOKERY_PRIVATE_NETWORK: { example: "allow", initial: "off", isValid: valid(parseSwitch) },
  ROOKERY_FETCH_ALLOW: { example: "127.0.0.1:9999", initial: "none", isValid: valid(parsePairs) },
  ROOKERY_DNS: { example: "127.0.0.1:5353", initial: "the system's resolver", isValid: valid(parseEndpoint) },
  ROOKERY_ALLOW_TEST_HOOKS: { example: "1", initial: "off", isValid: valid(parseSwitch) },
  ROOKERY_SAFE_MODE: { example: "1", initial: "off", isValid: valid(parseSwitch) },
  LOG_LEVEL: { example: "info", initial: "info", isValid: valid(oneOf("debug", "info", "warn", "error")) },
  LOG_FORMAT: { example: "json", initial: "pretty on a terminal, else json", isValid: valid(oneOf("json", "pretty")) },
} as const satisfies Record<string, KnownSetting>;

/** The name of a variable that Rookery reads. */
export type SettingName = keyof typeof knownSettings;

/** All of them, in the order of operations.md. */
export const settingNames = Object.keys(knownSettings) as SettingName[];
