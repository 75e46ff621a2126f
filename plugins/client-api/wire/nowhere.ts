import type { Reply, Route } from "rookery/plugin";
import { missing } from "./answers.ts";
import { route, type Call } from "./route.ts";

// With a slash too many it is the same address: 308 keeps method and body.
function nowhere({ request: { path, query } }: Call): Reply {
  const bare = path.replace(/\/+$/, "");
  if (bare === path || bare.split("/").length < 3) throw missing("There is no such address in the API.");
  return { status: 308, headers: { location: query.size > 0 ? `${bare}?${query}` : bare } };
}

/** What stands below the API's own words and is no address of it: told in JSON, for apps parse whatever comes. */
export const nowhereRoutes: readonly Route[] = [
  "/posts",
  "/users",
  "/notes",
  "/feeds/v2",
  "/books/bookshelves",
  "/movies",
].flatMap((place) =>
  (["GET", "POST", "PUT", "PATCH", "DELETE"] as const).flatMap((method) => [
    route(method, `${place}/*rest`, nowhere, { asksKey: false }),
  ]),
);
