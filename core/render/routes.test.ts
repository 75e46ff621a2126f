import test from "ava";
import { canonicalAddress, routeOf } from "./routes.ts";

const none = new URLSearchParams();
const id = "01JD7QK3ZB9V4S5T6W7X8Y9Z0A";

const cases: [string, string, object][] = [
  ["/", "", { page: "home", cursor: {}, number: 1 }],
  ["/", `after=${id}&page=3&utm_source=x`, { page: "home", cursor: { after: id }, number: 3 }],
  ["/", `before=${id}`, { page: "home", cursor: { before: id }, number: 1 }],
  ["/", "after=no-id&page=-2", { page: "home", cursor: {}, number: 1 }],
  ["/categories/night-walks/", "", { page: "category", slug: "night-walks", cursor: {}, number: 1 }],
  ["/categories/%C3%BCber", "", { page: "category", slug: "über", cursor: {}, number: 1 }],
  ["/archive", "", { page: "archive" }],
  ["/2026", "", { page: "date", period: "2026", cursor: {}, number: 1 }],
  ["/2026/11", "", { page: "date", period: "2026-11", cursor: {}, number: 1 }],
  ["/2026/13", "", { page: "path", path: "/2026/13" }],
  ["/2026/11/24/hello", "", { page: "path", path: "/2026/11/24/hello" }],
  ["/about/", "", { page: "path", path: "/about" }],
  ["/%E0%A4%A", "", { page: "none" }],
  ["/a/../b", "", { page: "none" }],
];

for (const [path, query, route] of cases)
  test(`${path}${query && `?${query}`} asks for ${JSON.stringify(route)}`, (t) => {
    t.deepEqual(routeOf(path, new URLSearchParams(query)), route as never);
  });

test("caches keep a page under its path and its place in the list, and nothing else", (t) => {
  t.is(canonicalAddress("/", new URLSearchParams(`utm=1&page=2&after=${id}`)), `/?after=${id}&page=2`);
  t.is(canonicalAddress("/", new URLSearchParams("page=2")), "/");
  t.is(canonicalAddress("/about/", new URLSearchParams(`after=${id}`)), "/about");
  t.is(canonicalAddress("/", none), "/");
});
