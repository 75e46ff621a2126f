import { existsSync } from "node:fs";
import test from "ava";
import { createTestHost } from "../../core/testing.ts";

const plugins = ["feeds", "indieauth", "micropub", "webmention", "websub", "rsscloud", "xmlrpc", "bookmarks"];
const folder = (id: string) => new URL(`../../plugins/${id}`, import.meta.url).pathname;
const isThere = plugins.every((id) => existsSync(`${folder(id)}/plugin.ts`));

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
    const given = plugins.map(async (id) => ({ plugin: (await import(`${folder(id)}/plugin.ts`)).default, folder: folder(id) }));
    const host = await createTestHost(t, { plugins: await Promise.all(given) });
    const headers = { authorization: `Bearer ${await host.token({ scopes: ["create"] })}` };
    host.network.on("GET https://lee.example/", { html: "<p>Herons</p>" });
    const form = { h: "entry", "bookmark-of": "https://lee.example/", name: "Lee" };
    t.is((await host.request({ method: "POST", path: "/micropub", headers, form })).status, 201);
    const seen = async () => {
      const answers = await Promise.all([host.get("/"), host.get("/feed.xml")]);
      return answers.map(({ headers, text }) => `${headers.link ?? ""}\n${text}`).join("\n");
    };
    const told = async () => {
      const pages = await seen();
      return Object.entries(signs).flatMap(([id, sign]) => (sign(pages) === undefined ? [] : [id]));
    };
    const all = Object.keys(signs);
    const pages = await seen();
    t.deepEqual(await told(), all);
    const isAnswered = async (id: string) => {
      const method = id === "websub" || id === "rsscloud" ? "POST" : "GET";
      const { pathname, host: at } = new URL(signs[id]!(pages)!, id === "rsscloud" ? host.house.settings.url : host.blog.url);
      return (await host.request({ method, host: at.split(":")[0]!, path: pathname })).status !== 404;
    };
    const answered = async () => (await Promise.all(all.map(async (id) => ((await isAnswered(id)) ? [id] : [])))).flat();
    t.deepEqual(await answered(), all);

    for (const id of all) {
      await host.house.host.disable(id);
      const others = all.filter((one) => one !== id);
      t.deepEqual(await told(), others, `${id}: links`);
      t.deepEqual(await answered(), others, `${id}: endpoints`);
      await host.house.host.enable(id);
    }
  },
);
