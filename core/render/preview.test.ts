import test from "ava";
import { createTestHost } from "../testing/test-host.ts";
import { databases, testDatabase } from "../storage/testing.ts";
import { storePreview } from "./preview.ts";

for (const dialect of databases)
  test(`${dialect}: an unsaved post is seen in the blog's theme by whoever has the address, for 15 minutes`, async (t) => {
    const host = await createTestHost(t, { databaseUrl: await testDatabase(t, dialect) });
    const post = await host.publish({ title: "Herons", text: "Stored" });
    const unsaved = { ...post, title: "Herons at dawn", html: "<p>Not stored</p>" };
    const first = new URL(await storePreview(host.scope(), "one", { post: unsaved }));
    const address = new URL(await storePreview(host.scope(), "one", { post: unsaved }));

    const shown = await host.get(address.pathname + address.search);
    t.is(shown.status, 200);
    t.regex(shown.text, /Not stored/);
    t.regex(shown.text, /stylesheet/);
    t.like(shown.headers, { "cache-control": "no-store", "referrer-policy": "no-referrer" });
    const policy = shown.headers["content-security-policy"]!;
    t.regex(policy, /script-src 'none'/);
    t.regex(policy, /frame-ancestors http:\/\/hub\.example/);
    t.notRegex((await host.get("/")).text, /Not stored/);
    t.is((await host.get(first.pathname + first.search)).status, 404, "the next preview takes its place");

    host.clock.advance({ minutes: 16 });
    t.is((await host.get(address.pathname + address.search)).status, 404);
  });

test("a preview belongs to its blog, and another theme or setting is seen on every page of it", async (t) => {
  const host = await createTestHost(t, { blogs: [{ host: "kim.example", title: "Kim" }, { host: "lee.example" }] });
  await host.publish({ text: "Hello" });
  const address = new URL(await storePreview(host.scope(), "design", { theme: "base" }));
  const shown = await host.get(`/archive${address.search}`);
  const plain = await host.get("/archive");
  t.deepEqual([shown.status, plain.status, shown.text === plain.text], [200, 200, false]);
  t.is((await host.request("GET", `/${address.search}`, undefined, { host: "lee.example" })).status, 404);
  t.is((await host.get("/?rk-preview=nothing")).status, 404);
});

test("readers see that a post was edited only when its author wanted that", async (t) => {
  const host = await createTestHost(t);
  const post = await host.publish({ text: "One" });
  host.clock.advance({ hours: 1 });
  await host.publish({ id: post.id, text: "Two" });
  t.notRegex((await host.get(post.path)).text, /dt-updated/);
  await host.publish({ id: post.id, text: "Three", properties: { edited: true } });
  t.regex((await host.get(post.path)).text, /dt-updated/);
});
