import type { Reply, RouteRequest } from "rookery/plugin";
import { actingOn, blogFor, callerOf } from "../caller.ts";
import { invalid } from "../problem.ts";
import { configOf, destinationsOf } from "./config.ts";
import { categories, contacts, channels, postTypes, syndicateTo } from "./lists.ts";
import { sourceList, sourceOfOne } from "./source.ts";
import type { Asked } from "./asked.ts";

/** The queries there are; `q=config` lists their names. */
const queries: Readonly<Record<string, (asked: Asked) => Promise<object> | object>> = {
  config: (asked) => configOf(asked, Object.keys(queries)),
  source: (asked) => (asked.query.get("url") ? sourceOfOne(asked) : sourceList(asked)),
  category: categories,
  "syndicate-to": syndicateTo,
  contact: contacts,
  channel: channels,
  "post-types": () => ({ "post-types": postTypes }),
  destination: (asked) => ({ destination: destinationsOf(asked) }),
};

/** Answers `GET ?q=…` (Micropub §3.7): never kept by anybody on the way. */
export async function answer(request: RouteRequest): Promise<Reply> {
  const caller = await callerOf(request);
  const { query } = request;
  const name = query.get("q") ?? "";
  // Clients try a key so.
  if (name === "") return { status: 200, json: {}, headers: { "cache-control": "private, no-store" } };
  if (!Object.hasOwn(queries, name)) throw invalid("There is no such query; q=config lists them.");
  const destination = query.get("mp-destination") ?? undefined;
  const url = name === "source" ? (query.get("url") ?? undefined) : undefined;
  const blog = await blogFor(request, caller, { destination, url });
  const context = await actingOn(request, caller, blog);
  const json = await queries[name]!({ request, caller, context, query });
  return { status: 200, json, headers: { "cache-control": "private, no-store" } };
}
