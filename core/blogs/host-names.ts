import { isIP } from "node:net";
import type { Hub } from "./blog.ts";
import { isPublicSuffix } from "./public-suffixes.ts";

/** The host in `host`, `host:port` or a whole URL, in small ASCII letters without a final dot; null when there is none. */
export function hostFromAddress(text: string): string | null {
  const trimmed = text.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  if (trimmed === "" || trimmed.length > 2048 || !URL.canParse(address)) return null;
  const { hostname, protocol } = new URL(address);
  const host = hostname.toLowerCase().replace(/\.$/, "");
  return /^https?:$/.test(protocol) && /^[a-z0-9.-]{1,253}$/.test(host) ? host : null;
}

/** Why a host cannot be a blog's own domain, as a sentence; null when it can. */
export function domainProblem(host: string, hub: Hub): string | null {
  const hubHost = new URL(hub.url).hostname;
  if (isIP(host) !== 0) return "A blog needs a name, not a number: IP addresses cannot be used.";
  if (host === hubHost || host.endsWith(`.${hubHost}`)) return "This name belongs to the installation itself.";
  if (host === "localhost" || host.endsWith(".localhost")) return "“localhost” means another machine to every reader.";
  if (/\.(local|internal|invalid|onion|arpa)$/.test(host)) return "This name cannot be reached from the internet.";
  if (isPublicSuffix(host)) return "Names are handed out under this one; give the whole domain, such as blog.example.org.";
  const labels = host.split(".");
  if (labels.length < 2) return "Give the whole domain, such as blog.example.org.";
  const isLabel = (label: string) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label);
  return labels.every(isLabel) ? null : "This is not a domain name; it looks like blog.example.org.";
}
