import test from "ava";
import sharp from "sharp";
import { storeMedia } from "../media/library.ts";
import { createAppToken } from "../people/app-tokens.ts";
import { definePlugin } from "../plugin.ts";
import { makeWeb } from "../start.ts";
import { createTestHost } from "../testing/test-host.ts";

test("pages are kept, validated and made anew exactly when something shown changed", async (t) => {
  const host = await createTestHost(t);
  await host.publish({ text: "First" });

  const first = await host.get("/");
  t.is((await host.get("/", { "if-none-match": first.headers.etag! })).status, 304);
  await host.publish({ text: "A draft", status: "draft" });
  await host.publish({ text: "For myself", visibility: "private" });
  t.is((await host.get("/", { "if-none-match": first.headers.etag! })).status, 304);
  await host.publish({ text: "Second" });

  const second = await host.get("/", { "if-none-match": first.headers.etag! });
  t.is(second.status, 200);
  t.regex(second.text, /Second/);
  t.notRegex(second.text, /draft|myself/);
});

test("a host nobody knows gets 404 with a plain sentence, never another blog", async (t) => {
  const host = await createTestHost(t);

  const answer = await host.request("GET", "/", undefined, { host: "stranger.example" });

  t.is(answer.status, 404);
  t.regex(answer.text, /No blog has the address stranger\.example/);
  t.notRegex(answer.text, /Kim/);
});

test("one installation serves several blogs, each its own content", async (t) => {
  const host = await createTestHost(t, { blogs: [{ host: "kim.example" }, { host: "lee.example", title: "Lee" }] });
  const post = await host.publish({ text: "Only Kim's" });

  t.is((await host.request("GET", post.path, undefined, { host: "kim.example" })).status, 200);
  t.is((await host.request("GET", post.path, undefined, { host: "lee.example" })).status, 404);
  t.notRegex((await host.request("GET", "/", undefined, { host: "lee.example" })).text, /Only Kim/);
});

test("every page carries its security headers; HEAD is GET without a body; other methods are 405", async (t) => {
  const host = await createTestHost(t);

  const page = await host.get("/");
  t.is(page.headers["x-content-type-options"], "nosniff");
  t.regex(page.headers["content-security-policy"]!, /default-src 'none'/);
  t.is(page.headers["x-powered-by"], undefined);
  t.is(page.headers["set-cookie"], undefined);
  const head = await host.request("HEAD", "/");
  t.like(head, { status: 200, text: "" });
  t.is(head.headers["content-length"], page.headers["content-length"]);
  t.is((await host.request("DELETE", "/")).status, 405);
  t.is((await host.request("POST", "/", { a: "b" })).status, 405);
  t.is((await host.request("POST", "/nowhere", { a: "b" })).status, 404, "and there is nothing");
});

test("health answers on every host; metrics want a token", async (t) => {
  const host = await createTestHost(t);

  for (const name of ["kim.example", "hub.example", "10.1.2.3"])
    t.is((await host.request("GET", "/healthz", undefined, { host: name })).status, 200);
  t.is((await host.request("GET", "/readyz")).status, 200);
  t.is((await host.request("GET", "/metrics")).status, 401);
  t.is((await host.request("GET", "/metrics", undefined, { headers: { authorization: "Bearer rk_wrong" } })).status, 401);
  const withToken = async (scope: string) => {
    const wanted = { accountId: host.account.id, blogId: null, name: "", scopes: [scope] };
    const { token } = await host.house.storage.write((db) => createAppToken(db, wanted, host.clock.now()));
    return (await host.request("GET", "/metrics", undefined, { headers: { authorization: `Bearer ${token}` } })).status;
  };
  t.is(await withToken("create"), 401);
  t.is(await withToken("metrics"), 200);
});

test("health is for reading: every other method is 405 and says so", async (t) => {
  const host = await createTestHost(t);

  for (const path of ["/healthz", "/readyz", "/metrics", "/healthz?x=1"]) {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
      const answer = await host.request(method, path);
      t.deepEqual([answer.status, answer.headers.allow], [405, "GET, HEAD"], `${method} ${path}`);
    }
  }
  t.like(await host.request("HEAD", "/healthz"), { status: 200, text: "" });
  t.is((await host.request("HEAD", "/metrics")).status, 401);
});

test("a photo is cleaned, stored and served with ranges, for its own blog only", async (t) => {
  const host = await createTestHost(t, { blogs: [{ host: "kim.example" }, { host: "lee.example" }] });
  const bytes = await sharp({ create: { width: 3000, height: 20, channels: 3, background: "red" } })
    .withExif({ IFD0: { Artist: "Kim" } })
    .jpeg()
    .toBuffer();

  const media = await storeMedia(host.scope(), host.house.media, { bytes, name: "bird\u0000/../x.php", alt: "A bird" });

  const path = new URL(media.url).pathname;
  t.like(media, { width: 2560, type: "image/jpeg", alt: "A bird" });
  t.regex(path, /^\/media\/2026\/[a-z0-9]{26}\.jpg$/);
  const served = await host.get(path);
  t.like(served, { status: 200 });
  t.is(served.headers["content-type"], "image/jpeg");
  // The file can be replaced, so its bare address is asked for again; pages name the revision too, which never changes.
  t.is(served.headers["cache-control"], "public, max-age=300, must-revalidate");
  t.regex((await host.get(`${path}?v=1`)).headers["cache-control"]!, /immutable/);
  t.is((await host.get(path, { "if-none-match": served.headers.etag! })).status, 304);
  t.notRegex(served.text, /Artist|Kim/);
  t.like(await host.get(path, { range: "bytes=0-1" }), { status: 206 });
  t.is((await host.get(path, { range: "bytes=99999999-" })).status, 416);
  t.is((await host.request("GET", path, undefined, { host: "lee.example" })).status, 404);
});

for (const [name, bytes, status] of [
  ["a scripted SVG", Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`), 415],
  ["HTML called a picture", Buffer.from("<!doctype html><script>1</script>"), 415],
  ["a broken PNG", Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(200)]), 422],
  ["nothing at all", Buffer.alloc(0), 415],
] as const) {
  test(`${name} is refused with ${status} and a sentence, and nothing is stored`, async (t) => {
    const host = await createTestHost(t);

    const error = await t.throwsAsync(storeMedia(host.scope(), host.house.media, { bytes, name: "x.png" }));

    t.is((error as unknown as { status: number }).status, status);
    t.deepEqual(await host.house.storage.query("SELECT id FROM media"), []);
  });
}

test("memory is for addresses that the site makes itself, not for those anybody invents", async (t) => {
  const host = await createTestHost(t);
  const kept: string[] = [];
  const keep = host.web.cache.keep.bind(host.web.cache);
  host.web.cache.keep = (key, page) => (kept.push(key.slice(26)), keep(key, page));

  for (const path of ["/", "/?page=2", "/?utm_source=x", "/?before=nonsense&page=9"]) await host.get(path);

  t.deepEqual(kept, ["/"]);
});

test("an installation reached by https tells browsers to stay there, on its pages, its kept pages and its refusals", async (t) => {
  const host = await createTestHost(t);
  t.is((await host.get("/")).headers["strict-transport-security"], undefined);
  Object.assign(host.house, { settings: { ...host.house.settings, url: "https://hub.example" } });
  const web = makeWeb(host.house, []);
  t.teardown(() => web.close());
  const port = await web.listen(0, "127.0.0.1");

  for (const path of ["/", "/", "/nothing", "/healthz"]) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { host: "kim.example" } });
    await answer.text();
    t.is(answer.headers.get("strict-transport-security"), "max-age=31536000", path);
  }
});

test("what a plugin's address says to HEAD is never kept for those who GET it", async (t) => {
  const run = ({ method }: { method: string }) => ({ text: method === "HEAD" ? "" : "The whole of it", cache: true });
  const routes = [{ method: "GET", path: "/whole", on: "blog", access: "public", run }];
  const plugin = definePlugin({ id: "whole", name: "W", description: "W", version: "1.0.0", api: 1, routes: routes as never });
  const host = await createTestHost(t, { plugins: [plugin] });

  t.is((await host.request("HEAD", "/whole")).status, 200);
  t.is((await host.get("/whole")).text, "The whole of it");
  t.is((await host.get("/whole")).text, "The whole of it");
});
