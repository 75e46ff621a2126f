import type { Rocks } from "./rocks.ts";

/** A sender that is wrong on purpose: what it makes of a target. It sends by itself. */
type WrongSender = (rocks: Rocks, source: string, target: string) => Promise<void>;

const send = async (endpoint: string, source: string, target: string, more: Record<string, string> = {}) => {
  const headers = { "user-agent": "Naive Webmention" };
  await fetch(endpoint, { method: "POST", headers, body: new URLSearchParams({ source, target, ...more }) });
};

/** Finds the endpoint as people do at first: by a regular expression over the page, relative to the address it was told, with the query in the body. */
const naive: WrongSender = async (_rocks, source, target) => {
  const response = await fetch(target);
  const header = /<([^>]*)>;\s*rel="?webmention/.exec(response.headers.get("link") ?? "")?.[1];
  const found = /(?:rel="?[^">]*webmention[^>]*href="([^"]*)")|(?:href="([^"]*)"[^>]*rel="?[^">]*webmention)/.exec(
    await response.text(),
  );
  const endpoint = header ?? found?.[1] ?? found?.[2];
  if (endpoint === undefined) return;
  const url = new URL(endpoint, target);
  const query = Object.fromEntries(url.searchParams);
  url.search = "";
  await send(url.href, source, target, query);
};

/** Sends somewhere, whatever the page says. */
const blind: WrongSender = (rocks, source, target) => send(`${rocks.url}/webmention`, source, target);

/** Asks for the page twice. */
const hasty: WrongSender = async (rocks, source, target) => {
  await fetch(target);
  await naive(rocks, source, target);
};

/** Sends nothing at all. */
const mute: WrongSender = async () => undefined;

export const wrongSenders = { naive, hasty, blind, mute } as const;
