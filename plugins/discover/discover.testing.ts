import type { ExecutionContext } from "ava";
import { fileURLToPath } from "node:url";
import { createTestHost, type TestHost, type TestHostOptions } from "rookery/testing";
import feeds from "../feeds/plugin.ts";
import type { TimelineStore } from "../timeline/api.ts";
import timeline from "../timeline/plugin.ts";
import type { DiscoverShelves } from "./api.ts";
import discover from "./plugin.ts";

const at = (id: string) => fileURLToPath(new URL(`../${id}`, import.meta.url));

/** An installation with Discover, two curators and two writers with a blog each. */
export async function open(t: ExecutionContext, more: Partial<TestHostOptions> = {}) {
  const { plugins = [], ...rest } = more;
  const host = await createTestHost(t, {
    plugins: [
      { plugin: feeds, folder: at("feeds") },
      { plugin: timeline, folder: at("timeline") },
      ...plugins,
      { plugin: discover, folder: at("discover") },
    ],
    blogs: [
      { host: "kim.example", owner: "kim" },
      { host: "lee.example", owner: "lee", language: "de" },
      { host: "ana.example", owner: "ana" },
      { host: "una.example", owner: "una" },
    ],
    dashboard: true,
    ...rest,
  } as TestHostOptions);
  const [lee, ana, una] = [await host.person("lee"), await host.person("ana"), await host.person("una")];
  // She may be there already, as the owner of a blog.
  const noor = await host.person("noor", "curator");
  await host.house.storage.write((db) => db.run("UPDATE accounts SET role = 'curator' WHERE id = ?", [noor.id]));
  const say = async (who: typeof lee, text: string, draft: object = {}) => {
    host.clock.advance({ minutes: 1 });
    const blog = host.blogs.find(({ ownerId }) => ownerId === who.id)!;
    const post = await host.publish({ text, ...draft }, blog, who);
    await host.runJobs();
    return post;
  };
  const curator = await host.as("noor");
  const act = (intent: string, fields: Record<string, string | readonly string[]> = {}, who = curator) =>
    who.post("/admin/discover", { intent, ...fields } as Record<string, string>);
  /** Somebody who is not signed in. */
  const visit = (path: string, headers: Record<string, string> = {}) => host.request({ path, headers, host: "hub.example" });
  return { host, shelves: shelvesOf(host), lee, ana, una, noor, say, curator, act, visit };
}

/** The shelves as other plugins get them, on the hub. */
export const shelvesOf = (host: TestHost): DiscoverShelves => serviceOf(host, "discover.shelves");
/** The timeline as other plugins get it. */
export const timelineOf = (host: TestHost): TimelineStore => serviceOf(host, "timeline.store");

function serviceOf<T>(host: TestHost, name: string): T {
  const scope = { ...host.scope(), blog: null };
  const [found] = host.house.host.current.services(scope, name as never) as unknown as { service: T }[];
  return found!.service;
}

/** The numbers of the posts on a shelf, in their order. */
export const numbersOf = (entries: readonly { number: number }[]): number[] => entries.map(({ number }) => number);
