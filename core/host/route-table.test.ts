import test from "ava";
import type { Plugin, Route } from "./manifest.ts";
import { RouteTable } from "./route-table.ts";

const route = (path: string, method: Route["method"] = "GET"): Route => ({
  method,
  path,
  on: "blog",
  access: "public",
  run: () => ({}),
});
const plugin = (id: string, ...routes: Route[]): Plugin => ({ id, name: id, description: id, version: "1.0.0", api: 1, routes });
const all = () => true;

test("an exact path wins over a pattern, and words of a pattern are given", (t) => {
  const table = new RouteTable([plugin("a", route("/feeds/:name")), plugin("b", route("/feeds/all"))]);

  t.is(table.match("blog", "GET", "/feeds/all", all)?.plugin.id, "b");
  t.deepEqual(table.match("blog", "GET", "/feeds/caf%C3%A9", all)?.params, { name: "café" });
  t.is(table.match("blog", "GET", "/feeds/", all), null);
  t.is(table.match("blog", "GET", "/feeds/%ff", all), null);
  t.is(table.match("blog", "GET", "/feeds/a/b", all), null);
});

test("HEAD is answered where GET is, other methods and places are not", (t) => {
  const table = new RouteTable([plugin("a", route("/x"), route("/x", "POST"))]);

  t.is(table.match("blog", "HEAD", "/x", all)?.route.method, "GET");
  t.is(table.match("blog", "POST", "/x", all)?.route.method, "POST");
  t.is(table.match("blog", "DELETE", "/x", all), null);
  t.is(table.match("hub", "GET", "/x", all), null);
});

test("a plugin that is not active is passed by", (t) => {
  const table = new RouteTable([plugin("a", route("/x"), route("/y/:z"))]);

  t.is(
    table.match("blog", "GET", "/x", () => false),
    null,
  );
  t.is(
    table.match("blog", "GET", "/y/1", () => false),
    null,
  );
});

test("two plugins that claim one address are both named", (t) => {
  t.throws(() => new RouteTable([plugin("a", route("/x")), plugin("b", route("/x"))]), {
    message: /“a” and “b” both claim GET \/x/,
  });
});
