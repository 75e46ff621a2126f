import test from "ava";
import { existsSync } from "node:fs";
import { createTestHost } from "../../core/testing.ts";

const folder = (id: string) => new URL(`../../plugins/${id}`, import.meta.url).pathname;
const wanted = ["feeds", "websub", "sources"];
const isThere = wanted.every((id) => existsSync(`${folder(id)}/plugin.ts`));

(isThere ? test : test.skip)(
  "sources: our own hub tells our own subscriber of a post, through a callback on the hub",
  async (t) => {
    const plugins = [];
    for (const id of wanted) plugins.push({ plugin: (await import(`${folder(id)}/plugin.ts`)).default, folder: folder(id) });
    const host = await createTestHost(t, { plugins, dashboard: true });
    // What is sent to the blog or the hub reaches them, over HTTP.
    for (const name of ["kim.example", "hub.example"])
      host.network.on(`* http://${name}:${host.port}/*`, async ({ method, url, headers, bytes }) => {
        const { pathname, search } = new URL(url);
        const { host: _host, "content-length": _length, ...given } = headers;
        const body = method === "GET" ? {} : { body: Buffer.from(bytes) };
        const answer = await host.request({ method, path: pathname + search, host: name, headers: given, ...body } as never);
        return { status: answer.status, headers: answer.headers, bytes: answer.bytes };
      });
    await host.publish({ text: "The first heron" });
    host.clock.advance({ minutes: 2 });
    await host.runJobs();
    const lee = await host.as("lee");
    const added = await lee.post("/sources/new", { url: `${host.blog.url}feed.xml` });
    t.is(added.status, 303, added.text);
    await host.runJobs();
    const feed = async () => (await host.house.storage.query("SELECT * FROM p_sources_feeds"))[0]!;
    t.is((await host.house.storage.query("SELECT id FROM p_websub_subscriptions")).length, 1);
    t.truthy((await feed()).lease_ends, "the hub asked, and we confirmed");

    const polls = () => host.network.requestsTo(`GET ${host.blog.url}feed.xml`).length;
    const before = polls();
    await host.publish({ text: "The second heron" });
    host.clock.advance({ minutes: 2 });
    await host.runJobs();
    t.is((await host.house.storage.query("SELECT id FROM p_sources_items")).length, 2);
    t.is(polls(), before, "nobody had to poll");

    await lee.post(added.headers.location!, { intent: "remove" });
    await host.runJobs();
    t.deepEqual(await host.house.storage.query("SELECT id FROM p_websub_subscriptions"), []);
    t.deepEqual(await host.house.storage.query("SELECT id FROM p_sources_hubs"), []);
    t.deepEqual(host.failures(), []);
  },
);
