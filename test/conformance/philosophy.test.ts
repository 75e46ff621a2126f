import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import test, { type ExecutionContext } from "ava";
import { screens as coreScreens } from "../../admin/routes.ts";
import { loadPlugin } from "../../core/host/load-plugins.ts";
import type { Plugin } from "../../core/host/manifest.ts";
import { receive } from "../../core/interactions/receive.ts";
import { createTestHost } from "../../core/testing.ts";

// What Rookery will not do (architecture.md), asked of every address there is: of whatever folders lie in plugins/.
const root = fileURLToPath(new URL("../../plugins/", import.meta.url));
const folders = readdirSync(root).filter((id) => existsSync(`${root}${id}/plugin.ts`));
const loaded = await Promise.all(folders.map((id) => loadPlugin(root + id, true)));
const found = loaded.flatMap((one, at) => ("plugin" in one ? [{ plugin: one.plugin, folder: root + folders[at] }] : []));
// Those that others require come first.
const depth = ({ requires }: Plugin): number =>
  Math.max(
    0,
    ...Object.keys(requires?.plugins ?? {}).map(
      (id) => 1 + depth(found.find(({ plugin }) => plugin.id === id)?.plugin ?? ({} as Plugin)),
    ),
  );
const plugins = found.toSorted((a, b) => depth(a.plugin) - depth(b.plugin));

/** Words that no address has: what counts people, ranks posts, or finds people for one by machine. */
const unwanted =
  /follower|trend|popular|hashtag|\bhash-?tag|repost|re-?blog|boost|quote|\blikes?\b|\bfavou?rited|recommend|suggest|leader|top-?(posts|users)|viral|score|rank/i;
/** Addresses that hold such a word and mean something else, with the reason. */
const meant: Readonly<Record<string, string>> = {};
/** Where something is searched: what is one's own, or names. Nothing searches everybody's posts. */
const searches: Readonly<Record<string, string>> = {
  "/b/:blog/posts": "one's own blog",
  "/find": "screens and one's own posts",
  "/users/search": "names of people, as apps complete them",
  "/books/search": "titles of books on shelves",
  "/movies/search": "nothing: the area is not built, and answers an empty list",
  "/hybrid/discover/search": "what curators picked",
};

type Place = { readonly who: string; readonly path: string; readonly method: string };
const placesOf = ({ id, routes = [], screens = [], pages = [] }: Plugin): Place[] => [
  ...routes.map(({ method, path }) => ({ who: id, path, method })),
  ...screens.map(({ method = "GET", path }) => ({ who: id, path, method })),
  ...pages.map(({ path }) => ({ who: id, path, method: "GET" })),
];
const places = [
  ...coreScreens.map(({ method, path }) => ({ who: "dashboard", path, method })),
  ...plugins.flatMap(({ plugin }) => placesOf(plugin)),
];

test("no address counts people, ranks, lists hashtags, reposts, quotes or recommends", (t) => {
  t.true(places.length > 150);
  const wrong = places.filter(({ path }) => unwanted.test(path) && meant[path] === undefined);
  t.deepEqual(wrong, []);
});

test("no address searches what everybody says", (t) => {
  const wrong = places.filter(({ path }) => /search/i.test(path) && searches[path] === undefined);
  t.deepEqual(wrong, []);
});

test("nothing that plugins offer, serve or keep counts followers, likes or reposts", (t) => {
  const names = plugins.flatMap(({ plugin }) => [
    ...Object.keys(plugin.services ?? {}),
    ...Object.keys(plugin.offers ?? {}),
    ...Object.keys(plugin.hooks ?? {}),
    ...(plugin.tables ?? []).flatMap(({ name, columns }) => [name, ...Object.keys(columns)]),
  ]);
  t.deepEqual(
    names.filter((name) => /follower|(like|repost|boost|favou?rite|reaction|view)s?_?count|trend|popular|rank|score/i.test(name)),
    [],
  );
});

/** Everything a page or document says, without what runs or looks. */
const said = (text: string): string =>
  text
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, "")
    .replace(/<\/?(b|i|em|strong|span|bdi|small)\b[^>]*>/gi, "")
    .replace(/<[^>]*>/g, "\n");
/** A number beside a word for followers, likes or reposts, in the languages of the dashboard; and names of such counts in documents. */
const counts = [
  /\d[\d.,]*[ \u00A0]?(followers?|likes?|reposts?|boosts?|Follower|abonnés|seguidores|me gusta|Gefällt)/i,
  /(followers?|likes?|reposts?|boosts?|abonnés|seguidores)["”]?\s*[:=]\s*["“]?\d/i,
  /"[^"]*(follower|like|repost|boost|favou?rite|reaction)s?_?(count|s_count|total)"/i,
  /"(followers|likes|shares|totalItems)"\s*:/,
];

test("the patterns know such counts and addresses when they see them", (t) => {
  for (const text of [
    "7 followers",
    "<b>7</b> Follower",
    "Likes: 5",
    '"likes_count": 5',
    '"followers": []',
    '"followers_count":7',
    "3 reposts",
  ])
    t.true(
      counts.some((count) => count.test(said(text))),
      text,
    );
  for (const text of ["following_count: 3", "She likes 3 birds", "feed 7"])
    t.false(
      counts.some((count) => count.test(text)),
      text,
    );
  for (const path of ["/trending", "/hashtags/:tag", "/posts/repost", "/users/suggestions", "/quote/:id", "/popular"])
    t.regex(path, unwanted);
});

async function town(t: ExecutionContext) {
  const host = await createTestHost(t, {
    plugins: plugins as never,
    blogs: [
      { host: "kim.example", owner: "kim" },
      { host: "lee.example", owner: "lee" },
    ],
    dashboard: true,
    allowUnexpected: true,
  });
  const [kim, lee] = [await host.person("kim"), await host.person("lee")];
  const post = await host.publish(
    { title: "Herons", text: "Five of them, #birds", category: ["Birds"] } as never,
    host.blogs[0],
    kim,
  );
  const follow = host.house.host.current.services({ ...host.scope(), blog: null }, "timeline.store" as never) as unknown as {
    service: { follow(who: string, what: string): Promise<boolean>; resolve(what: string): Promise<{ id: string }> };
  }[];
  await host.runJobs();
  const fans = await Promise.all(Array.from({ length: 7 }, (_, at) => host.person(`fan${at}`)));
  for (const fan of [lee, ...fans]) {
    const [reading] = follow;
    if (reading) await reading.service.follow(fan.id, (await reading.service.resolve("@kim")).id);
  }
  for (const [kind, many] of [
    ["like", 5],
    ["repost", 3],
    ["reply", 2],
  ] as const)
    for (let at = 0; at < many; at++) {
      const author = { name: `Bo ${at}`, url: `https://bo${at}.example/` };
      await receive(host.scope(), {
        kind,
        via: "webmention",
        source: `https://bo${at}.example/${kind}`,
        postId: post.id,
        author,
        html: "Hm",
      });
    }
  await host.runJobs();
  const token = await host.token({ scopes: ["create"], account: lee } as never);
  return { host, post, token, kim, lee };
}

(plugins.length > 0 ? test : test.skip)("no page, API answer or feed shows how many follow, like or repost", async (t) => {
  const { host, post, token } = await town(t);
  const visitor = await host.as("lee");
  const owner = await host.as("kim");
  const example = (path: string, given: Readonly<Record<string, string>> = {}) =>
    path
      .replace(
        /:(\w+)/g,
        (_, name: string) =>
          given[name] ??
          ({ handle: "kim", username: "kim", number: String(post.number), blog: "kim.example" } as Record<string, string>)[
            name
          ] ??
          "1",
      )
      .replace(/\*\w+$/, "x");
  const seen: { readonly at: string; readonly text: string }[] = [];
  const look = async (at: string, answer: Promise<{ status: number; text: string }>) => {
    const { status, text } = await answer;
    t.true(status < 500, `${at}: ${status}`);
    if (status === 200) seen.push({ at, text: said(text) });
  };

  const { pathname } = new URL(post.url);
  for (const path of [
    "/",
    pathname,
    "/archive",
    "/feed.xml",
    "/feed.json",
    "/atom.xml",
    "/sitemap.xml",
    "/photos",
    "/podcast.xml",
    "/replies/",
  ])
    await look(`blog ${path}`, host.get(path));
  for (const { plugin } of plugins) {
    for (const { method = "GET", on, path, example: given } of plugin.screens ?? []) {
      if (method !== "GET") continue;
      const at = on === "blog" ? `/b/kim.example${example(path, given)}` : example(path, given);
      await look(`kim ${at}`, owner.get(at));
      if (on === "hub") await look(`lee ${at}`, visitor.get(at));
      if (on === "hub") await look(`visitor ${at}`, host.request({ path: at, host: "hub.example" }));
    }
    for (const { method, on, path } of plugin.routes ?? []) {
      if (method !== "GET" || ![on].flat().includes("hub")) continue;
      const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
      await look(`app ${path}`, host.request({ path: example(path), host: "hub.example", headers }));
    }
    for (const { path } of plugin.pages ?? []) await look(`blog ${path}`, host.get(example(path)));
  }
  for (const path of [
    "/",
    "/more",
    "/account",
    "/b/kim.example/replies",
    "/b/kim.example/replies?tab=reactions",
    `/b/kim.example/posts/${post.id}`,
  ])
    await look(`kim ${path}`, owner.get(path));

  t.true(seen.length > 60, `only ${seen.length} pages were seen`);
  t.true(seen.some(({ text }) => text.includes("Herons")));
  for (const { at, text } of seen) for (const count of counts) t.notRegex(text, count, at);
});
