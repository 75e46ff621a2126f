import type { ExecutionContext } from "ava";
import { createTestHost, type TestHost, type TestHostOptions } from "rookery/testing";
import type { TimelineStore } from "./api.ts";
import timeline from "./plugin.ts";

/** An installation with the plugin, three people with a blog each, and a way to its store. */
export async function open(t: ExecutionContext, more: Partial<TestHostOptions> = {}) {
  const host = await createTestHost(t, {
    plugins: [{ plugin: timeline, folder: import.meta.dirname }],
    blogs: [
      { host: "kim.example", owner: "kim" },
      { host: "lee.example", owner: "lee" },
      { host: "ana.example", owner: "ana" },
    ],
    ...more,
  } as TestHostOptions);
  const [kim, lee, ana] = [await host.person("kim"), await host.person("lee"), await host.person("ana")];
  const store = storeOf(host);
  const follow = async (who: string, what: string) => store.follow(who, (await store.resolve(what))!.id);
  // On the blog of whoever says it, a minute later each.
  const say = (who: typeof kim, text: string, draft: object = {}) => {
    host.clock.advance({ minutes: 1 });
    return host.publish(
      { text, ...draft },
      host.blogs.find(({ ownerId }) => ownerId === who.id)!,
      who,
    );
  };
  return { host, store, kim, lee, ana, follow, say };
}

/** The store as other plugins get it, on the hub. */
export function storeOf(host: TestHost): TimelineStore {
  const scope = { ...host.scope(), blog: null };
  const [found] = host.house.host.current.services(scope, "timeline.store" as never) as unknown as { service: TimelineStore }[];
  return found!.service;
}

/** The words of items, in their order. */
export const words = ({ items }: { items: readonly { html: string }[] }): string[] =>
  items.map(({ html }) => html.replace(/<[^>]*>/g, "").trim());
