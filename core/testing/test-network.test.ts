import test from "ava";
import { createTestHost } from "./test-host.ts";
import { TestClock } from "./test-clock.ts";
import { TestNetwork } from "./test-network.ts";

const network = () => {
  const clock = new TestClock("2026-05-01T12:00:00.000Z");
  return { clock, net: new TestNetwork(clock) };
};

test("answers come once, in turn, by exact address and by pattern; redirects are followed, and changed to GET", async (t) => {
  const { net } = network();
  net.on("* https://lee.example/*", { text: "any" });
  net.on("GET https://lee.example/a", [{ text: "1" }, { text: "2" }]);
  net.once("GET https://lee.example/a", { status: 503 });
  net.on("POST https://lee.example/form", { redirect: "/a", status: 303 });
  const got = async (url: string, init = {}) => (await net.fetch(`https://lee.example${url}`, init)).text();

  t.is((await net.fetch("https://lee.example/a")).status, 503);
  t.deepEqual([await got("/a"), await got("/a"), await got("/a"), await got("/b?x=1")], ["1", "2", "2", "any"]);
  t.is(
    await got("/form", {
      method: "POST",
      body: new URLSearchParams([
        ["a", "1"],
        ["a", "2"],
      ]),
    }),
    "2",
  );
  await net.fetch("https://lee.example/json", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: '{"a":1}',
  });
  const parts = new FormData();
  parts.append("file", new Blob([Uint8Array.of(0, 255)], { type: "image/png" }), "a.png");
  await net.fetch("https://lee.example/parts", { method: "POST", body: parts });

  t.deepEqual(net.sent("POST https://lee.example/form"), [{ a: ["1", "2"] }]);
  t.deepEqual(net.sent("PUT *"), [{ a: 1 }] as never);
  t.like(net.sent<Record<string, object>>("POST https://lee.example/parts")[0]!.file, { name: "a.png", type: "image/png" });
});

test("answers fail as the real ones do: too late by the test's clock, too large, cut off, in circles, not told of", async (t) => {
  const { net, clock } = network();
  net.on("GET https://lee.example/slow", { text: "late", delay: { minutes: 1 } });
  net.on("GET https://lee.example/large", { bytes: new Uint8Array(100) });
  net.on("GET https://lee.example/cut", { fails: "reset" });
  net.on("GET https://lee.example/round", { redirect: "/round" });
  const reason = async (path: string, init = {}) =>
    (await t.throwsAsync<Error & { reason?: string }>(net.fetch(`https://lee.example${path}`, init))).reason;

  const arrived = net.arrival("GET https://lee.example/slow");
  const slow = net.fetch("https://lee.example/slow");
  await arrived;
  clock.advance({ minutes: 1 });
  t.is(await (await slow).text(), "late");
  const again = net.arrival("GET *");
  const over = reason("/slow", { timeout: 10_000 });
  await again;
  clock.advance({ seconds: 10 });
  t.is(await over, "timeout");
  t.is(await reason("/large", { maxBytes: 99 }), "too-large");
  t.is(await reason("/cut"), "network");
  t.is(await reason("/round"), "redirects");
  t.is(await reason("/nobody"), undefined);
  t.deepEqual(net.unexpected, ["GET https://lee.example/nobody"]);
});

test("a test whose code asked for what nobody expected fails at its end, by name, unless it allows that", async (t) => {
  for (const allowUnexpected of [false, true]) {
    const works: (() => unknown)[] = [];
    const host = await createTestHost({ teardown: (work) => void works.unshift(work) }, { allowUnexpected });
    await t.throwsAsync(host.network.fetch("https://lee.example/x"));
    const errors: string[] = [];
    for (const work of works)
      await Promise.resolve()
        .then(work)
        .catch((error: Error) => errors.push(error.message));
    const expected = ["Requests that the test's network was not told of: GET https://lee.example/x"];
    t.deepEqual(errors, allowUnexpected ? [] : expected);
  }
});

test("people, blogs, keys, facts and Undo of a test host", async (t) => {
  const blogs = [{ host: "kim.example" }, { host: "lee.example", owner: "lee", members: { ana: "author" as const } }];
  const host = await createTestHost(t, { blogs, dashboard: true });
  const [lee, ana] = [await host.person("lee"), await host.person("ana")];
  const post = await host.publish({ text: "By Ana" }, host.blogs[1], ana);
  t.is(post.authorId, ana.id);
  t.is(host.blogs[1]!.ownerId, lee.id);
  await host.undoPublish(post);
  t.is((await host.stored(post))?.status, "draft");
  t.like(host.events(), { "post.published": 1, "post.removed": 1 });
  t.is(host.events("post.published")[0]!.post.id, post.id);
  t.regex(await host.token({ scopes: ["create"] }), /^\S{20,}$/);
  const visitor = await host.as("lee");
  t.is((await visitor.get("/account")).status, 200);
  t.is((await host.request({ path: "/account", host: "hub.example" })).status, 303);
});
