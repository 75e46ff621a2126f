import test, { type ExecutionContext } from "ava";
import { parseXml } from "rookery/plugin";
import { createTestHost, pluginContract } from "rookery/testing";
import feeds from "../feeds/plugin.ts";
import rsscloud from "./plugin.ts";
import { wishOf } from "./wish.ts";

const feedsFolder = new URL("../feeds", import.meta.url).pathname;
pluginContract(test, import.meta.dirname, { requires: [feedsFolder] });

const asked = "GET http://reader.example:5000/notify*";
const told = "POST http://reader.example:5000/notify";

async function open(t: ExecutionContext) {
  const plugins = [
    { plugin: feeds, folder: feedsFolder },
    { plugin: rsscloud, folder: import.meta.dirname },
  ];
  const host = await createTestHost(t, { plugins });
  const feed = `${host.blog.url}feed.xml`;
  const ask = async (form: Record<string, string>, path = "/rsscloud/pleaseNotify") => {
    const answer = await host.request({ method: "POST", path, host: "hub.example", form });
    const { attributes } = parseXml(answer.text);
    return `${answer.status} ${attributes.success} ${attributes.msg}`;
  };
  const subscribe = (more: Record<string, string> = {}) => {
    host.network.on(asked, ({ url }) => ({ text: new URL(url).searchParams.get("challenge") ?? "" }));
    return ask({
      domain: "reader.example",
      port: "5000",
      path: "/notify",
      protocol: "http-post",
      notifyProcedure: "",
      url1: feed,
      ...more,
    });
  };
  const publish = async (text: string) => {
    const post = await host.publish({ text });
    host.clock.advance({ minutes: 2 });
    await host.runJobs();
    return post;
  };
  return { host, feed, ask, subscribe, publish };
}

test("RSS says where the cloud is, Atom does not; without the plugin nobody", async (t) => {
  const { host } = await open(t);
  const { hostname, port } = new URL(host.house.site.url);
  const cloud = `<cloud domain="${hostname}" port="${port}" path="/rsscloud/pleaseNotify" registerProcedure="" protocol="http-post"/>`;
  t.true((await host.get("/feed.xml")).text.includes(cloud));
  t.notRegex((await host.get("/atom.xml")).text, /<cloud/);
  await host.house.host.disable("rsscloud");
  t.notRegex((await host.get("/feed.xml")).text, /<cloud/);
});

test("a reader with a domain is asked for a challenge, told for 25 hours, and then no more", async (t) => {
  const { host, feed, subscribe, publish } = await open(t);
  host.network.on(told, { status: 200 });
  t.regex(await subscribe(), /^200 true /);
  t.is(new URL(host.network.requestsTo(asked)[0]!.url).searchParams.get("url"), feed);
  await host.publish({ text: "Mine", visibility: "private" });
  await host.undoPublish(await host.publish({ text: "Oh no" }));
  const post = await publish("One");
  t.deepEqual(host.network.sent(told), [{ url: feed }]);
  await host.edit(post, { text: "Two" });
  await host.runJobs();
  t.is(host.network.sent(told).length, 2);
  host.clock.advance({ hours: 24 });
  await subscribe();
  host.clock.advance({ hours: 24 });
  await publish("Three");
  t.is(host.network.sent(told).length, 3);
  host.clock.advance({ hours: 2 });
  await publish("Four");
  t.is(host.network.sent(told).length, 3);
});

test("a reader without a domain gets a first notification; who does not answer is not kept, or tried again", async (t) => {
  const { host, feed, ask, subscribe, publish } = await open(t);
  const own = "POST http://127.0.0.1:5000/notify";
  host.network.on(own, [{ status: 500 }, { status: 200 }]);
  const wish = { port: "5000", path: "notify", protocol: "http-post", url1: feed };
  t.regex(await ask(wish), /^400 false .*did not answer/);
  t.regex(await ask(wish), /^200 true /);
  t.is(host.network.sent(own).length, 2);
  host.network.on(asked, { text: "something else" });
  t.regex(await ask({ ...wish, domain: "reader.example" }), /^400 false /);
  host.network.on(asked, { redirect: "http://reader.example:5000/elsewhere" });
  t.regex(await ask({ ...wish, domain: "reader.example" }), /^400 false /);

  t.regex(await subscribe(), /^200 true /);
  host.network.on(told, [{ fails: "timeout" }, { status: 503 }, { status: 200 }]);
  await publish("One");
  for (const minutes of [2, 11, 61]) {
    host.clock.advance({ minutes });
    await host.runJobs();
  }
  t.is(host.network.sent(told).length, 3);
  t.deepEqual(host.failures(), []);
});

test("what is asked for wrongly is said; only feeds of blogs here", async (t) => {
  const { host, feed, ask, subscribe } = await open(t);
  for (const more of [{ url1: "https://far.example/feed.xml" }, { url1: host.blog.url }, { url1: `${feed}?x` }] as Record<
    string,
    string
  >[])
    t.regex(await subscribe(more), /^404 false /);
  for (const more of [{ protocol: "soap" }, { port: "x" }, { domain: "a.example/b?" }, { domain: "kim@a.example" }] as Record<
    string,
    string
  >[])
    t.regex(await subscribe(more), /^400 false /, JSON.stringify(more));
  t.regex(await ask({ port: "80", path: "/" }), /^400 false .*url1/);
  t.regex(await ask({ url: feed }, "/rsscloud/ping"), /^200 true /);
  t.regex(await ask({ url: "https://far.example/" }, "/rsscloud/ping"), /^404 false /);
  const wish = (form: Record<string, string>) =>
    wishOf(new URLSearchParams({ port: "443", path: "/n?a=1", url1: "u", ...form }), "2001:db8::1");
  t.is(wish({}).callback, "https://[2001:db8::1]/n?a=1");
  t.is(wish({ domain: "r.example", port: "80" }).callback, "http://r.example/n?a=1");
});
