import type { Reply } from "rookery/plugin";

/** Sends somebody back to the app: its own address with its own query, and what we add. Values come out exactly as they went in. */
export function backTo(redirectUri: string, values: Readonly<Record<string, string | null>>): Reply {
  const added = Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [`${name}=${encoded(value)}`]));
  const joint = !redirectUri.includes("?") ? "?" : /[?&]$/.test(redirectUri) ? "" : "&";
  const location = redirectUri + joint + added.join("&");
  // By the header itself: the address may be of an app on a phone, which `redirect` does not take.
  return { status: 302, headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" } };
}

// A form would write a space as “+”, which is a plus sign to those who only decode percent signs.
const encoded = (value: string): string =>
  encodeURIComponent(value.toWellFormed()).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
