import { isIP } from "node:net";
import { resolve } from "node:path";

/** What a value becomes, or undefined when it is malformed. */
export type Parse<T> = (value: string) => T | undefined;

/** One of some words. */
export function oneOf<T extends string>(...words: readonly T[]): Parse<T> {
  return (value) => words.find((word) => word === value.toLowerCase());
}

/** A switch: `on`, `1`, `true`, `allow`, `yes` or `off`, `0`, `false`, `no`. */
export const parseSwitch: Parse<boolean> = (value) => {
  if (["on", "1", "true", "allow", "yes"].includes(value.toLowerCase())) return true;
  if (["off", "0", "false", "no", "deny"].includes(value.toLowerCase())) return false;
  return undefined;
};

/** A port; 0 lets the system choose one. */
export const parsePort: Parse<number> = (value) =>
  /^\d{1,5}$/.test(value) && Number(value) <= 65535 ? Number(value) : undefined;

/** A public address as its origin: scheme, host and port, without a slash at the end. */
export const parseOrigin: Parse<string> = (value) => {
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  return url.pathname === "/" && !url.search && !url.hash ? url.origin : undefined;
};

/** An address of a server with one of these schemes. */
export function parseServer(...schemes: readonly string[]): Parse<string> {
  return (value) => {
    const url = URL.parse(value);
    return url && schemes.includes(url.protocol.slice(0, -1)) && url.hostname ? value : undefined;
  };
}

/** `s3://KEY:SECRET@host/bucket?region=…`. */
export const parseBucket: Parse<string> = (value) => {
  const url = URL.parse(value);
  const isWhole = url?.protocol === "s3:" && url.hostname && url.username && url.password && /^\/[^/]+\/?$/.test(url.pathname);
  return isWhole ? value : undefined;
};

/** `sqlite:` with a file (relative ones lie in the data folder) or `mysql://user:password@host:3306/database`. */
export function parseDatabase(value: string, dataFolder: string): string | undefined {
  if (value.startsWith("sqlite:")) {
    const file = value.slice("sqlite:".length).replace(/^\/\/(?=\/)/, "");
    return file.startsWith("//") || file.includes("?") ? undefined : `sqlite:${resolve(dataFolder, file || "rookery.db")}`;
  }
  const url = URL.parse(value.replace(/^mariadb:/, "mysql:"));
  return url?.protocol === "mysql:" && url.hostname && /^\/[^/]+$/.test(url.pathname) ? url.href : undefined;
}

/** Where to listen: an IP address or a host name. */
export const parseHost: Parse<string> = (value) =>
  isIP(value) || /^(?!.*\.\.)[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(value) ? value : undefined;

/** Addresses and networks of proxies, separated by commas; `off` is none. */
export const parseProxies: Parse<readonly string[]> = (value) => {
  if (value.toLowerCase() === "off") return [];
  const parts = listOf(value);
  return parts.length > 0 && parts.every(isNetwork) ? parts : undefined;
};

/** `host:port` pairs, separated by commas. */
export const parsePairs: Parse<readonly string[]> = (value) => {
  const parts = listOf(value);
  return parts.length > 0 && parts.every(isPair) ? parts : undefined;
};

/** One `ip:port` (an IPv6 address in brackets). */
export const parseEndpoint: Parse<string> = (value) => {
  const address = /^(.*):\d+$/.exec(value)?.[1] ?? "";
  return isPair(value) && isIP(address.replace(/^\[|\]$/g, "")) ? value : undefined;
};

function listOf(value: string): string[] {
  return value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}

function isNetwork(value: string): boolean {
  const [address = "", bits, ...rest] = value.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function isPair(value: string): boolean {
  const match = /^(?:\[([0-9a-f:]+)\]|([a-z0-9.-]+)):(\d{1,5})$/i.exec(value);
  return match !== null && Number(match[3]) > 0 && Number(match[3]) <= 65535;
}
