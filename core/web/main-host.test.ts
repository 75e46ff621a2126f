import test from "ava";
import sharp from "sharp";
import { useAsMain } from "../blogs/hosts.ts";
import { storeMedia } from "../media/library.ts";
import { definePlugin } from "../plugin.ts";
import { createTestHost } from "../testing/test-host.ts";

const further = "kim.hub.example";

test("a further host of a blog leads to the main one with path and query, and never serves a page itself", async (t) => {
  const host = await createTestHost(t);
  const post = await host.publish({ text: "Only once" });
  const ask = (method: string, path: string) => host.request(method, path, undefined, { host: further });
  const main = `http://kim.example:${host.port}`;
  await host.get("/");

  for (const path of [
    "/",
    post.path,
    "/?before=x&page=2",
    "/.well-known/webfinger?resource=acct%3Akim%40kim.example",
    "/nothing",
  ]) {
    for (const method of ["GET", "HEAD", "GET"]) {
      const answer = await ask(method, path);
      t.deepEqual([answer.status, answer.headers.location, answer.text], [301, main + path, ""], `${method} ${path}`);
    }
  }
  const sent = await ask("POST", "/webmention?x=1");
  t.deepEqual([sent.status, sent.headers.location], [308, `${main}/webmention?x=1`]);
  t.is((await host.request("GET", "/healthz", undefined, { host: further })).status, 200);
  t.is((await host.get("/")).status, 200);
});

test("an address that looks like another site still leads to the main host", async (t) => {
  const host = await createTestHost(t);

  const answer = await host.request("GET", "//stranger.example/%0d%0ax", undefined, { host: further });

  t.is(answer.headers.location, `http://kim.example:${host.port}//stranger.example/%0d%0ax`);
});

test("files and addresses of plugins under .well-known are reached through a further host", async (t) => {
  const run = () => ({ text: "found" });
  const routes = [{ method: "GET", path: "/.well-known/birds", on: "blog", access: "public", run }];
  const plugin = definePlugin({ id: "birds", name: "B", description: "B", version: "1.0.0", api: 1, routes: routes as never });
  const host = await createTestHost(t, { plugins: [plugin] });
  const bytes = await sharp({ create: { width: 20, height: 20, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  const { pathname } = new URL((await storeMedia(host.scope(), host.house.media, { bytes, name: "bird.png" })).url);

  for (const [path, type] of [
    [pathname, "image/png"],
    ["/.well-known/birds", "text/plain; charset=utf-8"],
  ] as const) {
    const { headers } = await host.request("GET", path, undefined, { host: further });
    const to = new URL(headers.location!);
    t.deepEqual([to.hostname, to.pathname], ["kim.example", path]);
    const there = await host.request("GET", to.pathname, undefined, { host: to.hostname });
    t.deepEqual([there.status, there.headers["content-type"]], [200, type]);
  }
});

test("when the hosts change places, so does the way, and no browser may have kept the old one", async (t) => {
  const host = await createTestHost(t);
  const ask = (name: string) => host.request("GET", "/", undefined, { host: name });
  t.is((await ask(further)).headers["cache-control"], "no-cache");
  t.is((await ask("kim.example")).status, 200);

  await host.house.storage.write((db) => useAsMain(db, host.blog.id, further, host.clock.now()));

  await t.notThrowsAsync(host.house.freshness.look());
  t.is((await ask(further)).status, 200);
  t.is((await ask("kim.example")).headers.location, `http://${further}:${host.port}/`);
});
