import type { ExecutionContext } from "ava";
import { createTestHost, type TestHost, type TestHostOptions } from "rookery/testing";
import timeline from "../timeline/plugin.ts";
import type { TimelineStore } from "../timeline/api.ts";
import type { RepliesConversation, RepliesStore } from "./api.ts";
import replies from "./plugin.ts";

/** The folder of the plugin without which this one cannot be. */
export const timelineFolder = new URL("../timeline", import.meta.url).pathname;

/** An installation with the plugin, three people of whom ana has no blog, a post of lee's, and ways to the stores. */
export async function open(t: ExecutionContext, more: Partial<TestHostOptions> = {}) {
  const { plugins = [], ...rest } = more;
  const host = await createTestHost(t, {
    plugins: [{ plugin: timeline, folder: timelineFolder }, { plugin: replies, folder: import.meta.dirname }, ...plugins],
    blogs: [
      { host: "kim.example", owner: "kim" },
      { host: "lee.example", owner: "lee" },
    ],
    ...rest,
  } as TestHostOptions);
  const [kim, lee, ana] = [await host.person("kim"), await host.person("lee"), await host.person("ana")];
  const blogOf = (who: typeof kim) => host.blogs.find(({ ownerId }) => ownerId === who.id)!;
  const post = await host.publish({ text: "Reeds", title: "" }, blogOf(lee), lee);
  await host.runJobs();
  return {
    host,
    kim,
    lee,
    ana,
    blogOf,
    post,
    store: serviceOf<RepliesStore>(host, "replies.store"),
    threads: serviceOf<RepliesConversation>(host, "replies.conversation"),
    timeline: serviceOf<TimelineStore>(host, "timeline.store"),
  };
}

function serviceOf<T>(host: TestHost, name: string): T {
  const [found] = host.house.host.current.services({ ...host.scope(), blog: null }, name as never) as unknown as { service: T }[];
  return found!.service;
}

/** What readers of a post see below it, in words. */
export const below = async (host: TestHost, post: Parameters<TestHost["conversation"]>[0]): Promise<string[]> =>
  (await host.conversation(post)).map(({ html }) => html.replace(/<[^>]*>/g, "").trim());
