import { existsSync } from "node:fs";
import test from "ava";
import { conformServer } from "./server/conform-server.ts";

const plugins = ["indieauth", "micropub", "webmention", "websub", "rsscloud", "xmlrpc", "bookmarks", "feeds"];
const isThere = plugins.every((id) => existsSync(new URL(`../../plugins/${id}/plugin.ts`, import.meta.url)));

/** Where a plugin shows itself on the blog: what tells of its endpoint, read from the page and its feed. */
const signs: Readonly<Record<string, (pages: string) => string | undefined>> = {
  indieauth: (pages) => /<([^>]+)>; rel="indieauth-metadata"/.exec(pages)?.[1],
  micropub: (pages) => /<([^>]+)>; rel="micropub"/.exec(pages)?.[1],
  webmention: (pages) => /<([^>]+)>; rel="webmention"/.exec(pages)?.[1],
  websub: (pages) => /<([^>]+)>; rel="hub"/.exec(pages)?.[1],
  rsscloud: (pages) => /<cloud [^>]*path="([^"]+)"/.exec(pages)?.[1],
  xmlrpc: (pages) => /<link rel="EditURI"[^>]*href="([^"]+)"/.exec(pages)?.[1],
  bookmarks: (pages) => /<link rel="alternate"[^>]*href="([^"]*bookmarks[^"]*)"/.exec(pages)?.[1],
};

(isThere ? test : test.skip)(
  "each plugin of the open web that is switched off leaves no link and no endpoint; the others stay",
  async (t) => {
    const { page, server, tokens, rookery } = await conformServer(t, ["create"], {
      plugins: ["rsscloud", "xmlrpc", "bookmarks"],
    });
    const headers = { authorization: `Bearer ${tokens[0]}` };
    const body = new URLSearchParams({ h: "entry", "bookmark-of": "https://lee.example/", name: "Lee" });
    t.is((await fetch(`${page}micropub`, { method: "POST", headers, body })).status, 201);
    const seen = async () => {
      const answers = await Promise.all([page, `${page}feed.xml`].map((url) => fetch(url)));
      return (await Promise.all(answers.map(async (one) => `${one.headers.get("link") ?? ""}\n${await one.text()}`))).join("\n");
    };
    const told = async () => {
      const pages = await seen();
      return Object.entries(signs).flatMap(([id, sign]) => (sign(pages) === undefined ? [] : [id]));
    };
    const all = Object.keys(signs);
    const pages = await seen();
    t.deepEqual(await told(), all);
    const endpoint = (id: string) => new URL(signs[id]!(pages)!, id === "rsscloud" ? server.url : page).href;
    const method = (id: string) => (id === "websub" || id === "rsscloud" ? "POST" : "GET");
    const isAnswered = async (id: string) => (await fetch(endpoint(id), { method: method(id) })).status !== 404;
    const answered = async () => (await Promise.all(all.map(async (id) => ((await isAnswered(id)) ? [id] : [])))).flat();
    t.deepEqual(await answered(), all);

    for (const id of all) {
      await rookery(["plugin", "disable", id]);
      const others = all.filter((one) => one !== id);
      // A running server hears of it within a second.
      const until = Date.now() + 10_000;
      while ((await isAnswered(id)) && Date.now() < until);
      t.deepEqual(await told(), others, `${id}: links`);
      t.deepEqual(await answered(), others, `${id}: endpoints`);
      await rookery(["plugin", "enable", id, "--yes"]);
      while (!(await isAnswered(id)) && Date.now() < until);
    }
  },
);
