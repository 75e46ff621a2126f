import type { ExecutionContext } from "ava";
import { createTestHost, type TestHost } from "rookery/testing";
import plugin from "./plugin.ts";

/** Where the tests' feed stands. */
export const at = "https://lee.example/feed.xml";

/** An item with a number, which is the hour of the 29th of April 2026, from ten, that it is from. */
export const item = (guid: string, text: string, more = "") =>
  `<item><guid isPermaLink="false">${guid}</guid><link>https://lee.example/${guid}</link><description>${text}</description><pubDate>${new Date(Date.UTC(2026, 3, 29, 10 + Number(guid))).toUTCString()}</pubDate>${more}</item>`;

/** A feed of RSS around items. */
export const rss = (items: string) =>
  `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Lee</title><link>https://lee.example/</link>${items}</channel></rss>`;

/** An installation with the plugin, kim signed in, and a site whose page names somebody else. */
export async function openSources(t: ExecutionContext, more: { plugins?: readonly object[] } = {}) {
  const plugins = [...((more.plugins ?? []) as never[]), { plugin, folder: import.meta.dirname }];
  const host = await createTestHost(t, { plugins, dashboard: true });
  host.network.on("GET https://lee.example/", { html: '<link rel="me" href="https://lee.example/other">' });
  const kim = await host.as("kim");
  const feed = async () => (await host.house.storage.query("SELECT * FROM p_sources_feeds"))[0]!;
  const add = async (url = at) => {
    const added = await kim.post("/sources/new", { url });
    await host.runJobs();
    return added.headers.location!;
  };
  return { host, kim, feed, add };
}

/** Hours go by, and what became due is done. */
export const later = async (host: TestHost, hours: number) => {
  host.clock.advance({ hours });
  await host.runJobs();
};
