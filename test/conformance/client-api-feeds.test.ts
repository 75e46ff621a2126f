import { existsSync } from "node:fs";
import test from "ava";

const place = (id: string) => new URL(`../../plugins/${id}`, import.meta.url).pathname;
const isThere = ["client-api", "timeline", "sources"].every((id) => existsSync(`${place(id)}/plugin.ts`));
const check = isThere ? test : test.skip;
type Entry = { id: number; feed_id: number; title: string; content: string; url: string };

const feed = (...items: readonly string[]) => ({
  version: "https://jsonfeed.org/version/1.1",
  title: "Una",
  home_page_url: "https://una.example/",
  items: items.map((name, at) => ({
    id: name,
    url: `https://una.example/${name}`,
    content_html: `<p>About the ${name}, @kim</p>`,
    date_published: `2026-05-01T12:0${at * 5}:00Z`,
  })),
});

check("feeds of elsewhere are chosen, subscribed to, read, asked anew and left by an app for reading", async (t) => {
  const { open } = (await import(
    `${place("client-api")}/client-api.testing.ts`
  )) as typeof import("../../plugins/client-api/client-api.testing.ts");
  const { default: sources } = (await import(`${place("sources")}/plugin.ts`)) as { default: never };
  const { host, kim, ask, keyOf } = await open(t, {
    plugins: [{ plugin: sources, folder: place("sources") }],
    allowUnexpected: true,
  });
  const key = await keyOf(kim);
  const subscribe = (address: string) => ask("POST /feeds/v2/subscriptions.json", { key, json: { feed_url: address } });
  const alternate = (name: string) => `<link rel="alternate" type="application/rss+xml" title="${name}" href="/${name}.xml">`;
  host.network.on("GET https://una.example/", { html: `<html><head>${alternate("birds")}${alternate("notes")}</head></html>` });
  host.network.on("GET https://una.example/feed.json", { json: feed("heron") as never });
  host.network.on("GET https://empty.example/", { html: "<p>Nothing" });

  const choices = await subscribe("https://una.example/");
  t.is(choices.status, 300);
  t.deepEqual(choices.json(), [
    { feed_url: "https://una.example/birds.xml", title: "birds" },
    { feed_url: "https://una.example/notes.xml", title: "notes" },
  ]);
  t.is((await subscribe("https://empty.example/")).status, 404);

  const made = await subscribe("https://una.example/feed.json");
  t.is(made.status, 201);
  const { id } = made.json() as { id: number };
  t.like(made.json() as object, { title: "Una", feed_url: "https://una.example/feed.json", site_url: "https://una.example/" });
  await host.runJobs();
  // What a first look brings comes together, a moment later.
  host.clock.advance({ seconds: 6 });
  await host.runJobs();
  const entries = async () => (await ask("GET /feeds/v2/entries.json", { key })).json() as Entry[];
  const [heron] = await entries();
  t.like(heron, { feed_id: id, url: "https://una.example/heron" });
  t.true(heron!.content.includes("About the heron"));
  t.is(((await ask("GET /feeds/v2/unread_entries.json", { key })).json() as number[]).length, 1);
  const { items } = (await ask("GET /posts/timeline", { key })).json() as { items: object[] };
  t.like(items[0], { _microblog: { is_mention: false } }, "the kim of another place");

  host.network.on("GET https://una.example/feed.json", { json: feed("heron", "swan") as never });
  host.clock.advance({ minutes: 6 });
  t.is((await ask(`POST /feeds/v2/subscriptions/${id}/update.json`, { key })).status, 200);
  await host.runJobs();
  t.is((await entries()).length, 2, "what came since is there");
  t.is((await subscribe("https://una.example/feed.json")).status, 302);
  t.is((await ask(`DELETE /feeds/v2/subscriptions/${id}.json`, { key })).status, 204);
  t.deepEqual(await entries(), []);
  t.deepEqual(host.failures(), []);
});
