import type { Context, RouteRequest } from "rookery/plugin";
import type { Caller } from "../caller.ts";
import { invalid } from "../problem.ts";

/** A query: who asks, acting on which blog, and its parameters. */
export type Asked = {
  readonly request: RouteRequest;
  readonly caller: Caller;
  readonly context: Context;
  readonly query: URLSearchParams;
};

/** A whole number of the query within limits; beyond the limit the limit, 400 for what is none. */
export function numberOf(query: URLSearchParams, name: string, { usual, most }: { usual: number; most: number }): number {
  const text = query.get(name);
  if (text === null || text === "") return usual;
  if (!/^\d{1,9}$/.test(text)) throw invalid(`${name} must be a whole number.`);
  return Math.min(Number(text), most);
}

/** What a list is narrowed by: `filter`, or `search` as older clients say; null for nothing. */
export function filterOf(query: URLSearchParams): string | null {
  return (query.get("filter") || query.get("search") || "").trim().slice(0, 200) || null;
}
