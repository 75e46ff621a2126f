import type { Route } from "rookery/plugin";
import { missing } from "./answers.ts";
import { route } from "./route.ts";

const nowhere = () => {
  throw missing("There is no such address in the API.");
};

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
