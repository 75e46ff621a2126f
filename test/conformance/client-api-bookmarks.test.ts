import test from "ava";
import { existsSync } from "node:fs";

const folder = (id: string) => new URL(`../../plugins/${id}`, import.meta.url).pathname;
const isThere = ["client-api", "timeline", "feeds", "bookmarks"].every((id) => existsSync(`${folder(id)}/plugin.ts`));
const check = isThere ? test : test.skip;
const plugin = async (id: string) => ({
  plugin: ((await import(`${folder(id)}/plugin.ts`)) as { default: never }).default,
  folder: folder(id),
});
type Feed = { items: Record<string, unknown>[]; _microblog: object };

check("a post is bookmarked, tagged, found and let go, by either of its ids", async (t) => {
  const { open } = (await import(
    `${folder("client-api")}/client-api.testing.ts`
  )) as typeof import("../../plugins/client-api/client-api.testing.ts");
  const plugins = [await plugin("feeds"), await plugin("bookmarks")];
  const { host, ask, keyOf, kim, lee } = await open(t, { plugins, allowUnexpected: true });
  const [key, other] = [await keyOf(lee), await keyOf(kim)];
  const post = await host.publish({ text: "A heron" });
  await host.runJobs();
  t.is((await ask("POST /users/follow?username=kim", { key })).status, 200);
  const id = String(post.number);

  t.deepEqual((await ask("POST /posts/bookmarks", { key, form: { id } })).json(), {});
  t.deepEqual((await ask(`POST /posts/favorites?id=${id}`, { key, headers: { "content-type": "application/json" } })).json(), {});
  const list = (await ask("GET /posts/favorites", { key })).json() as Feed;
  t.is(list.items.length, 1);
  const [saved] = list.items;
  t.like(
    saved,
    { content_html: "<p>A heron</p>\n", author: { _microblog: { username: "kim" } } },
    "it is shown as the post it is",
  );
  t.like(saved, { url: post.url, tags: "", _microblog: { is_favorite: true, is_bookmark: true, links: [] } });
  t.regex(String((saved!._microblog as { date_favorited: string }).date_favorited), /\+00:00$/);
  const home = (await ask("GET /posts/timeline", { key })).json() as Feed;
  t.like(home.items[0], { id, _microblog: { is_favorite: true } });

  t.is((await ask(`POST /posts/bookmarks/${saved!.id}`, { key, form: { tags: "birds, Reading" } })).status, 200);
  const twice = Array.from({ length: 4 }, () =>
    ask(`POST /posts/bookmarks/${saved!.id}`, { key, form: { tags: "birds,reading" } }),
  );
  t.deepEqual(new Set((await Promise.all(twice)).map(({ status }) => status)), new Set([200]), "from several devices at once");
  const one = (await ask(`GET /posts/bookmarks/${saved!.id}`, { key })).json() as Feed;
  t.deepEqual([one.items.length, one.items[0]!.tags], [1, "birds, reading"]);
  t.deepEqual((await ask("GET /posts/bookmarks/tags?recent=1&count=10", { key })).json(), ["birds", "reading"]);
  t.is(((await ask("GET /posts/bookmarks?tag=birds", { key })).json() as Feed).items.length, 1);
  t.is(((await ask(`GET /posts/bookmarks?before_id=${saved!.id}`, { key })).json() as Feed).items.length, 0);
  for (const [since, size] of [
    [saved!.id, 0],
    [Number(saved!.id) - 1, 1],
  ] as const)
    t.is(((await ask(`GET /posts/bookmarks?since_id=${String(since)}`, { key })).json() as Feed).items.length, size, `${since}`);
  t.is((await ask(`GET /posts/bookmarks/${saved!.id}`, { key: other })).status, 404);
  t.is((await ask(`DELETE /posts/bookmarks/${saved!.id}`, { key: other })).status, 404);
  for (const wrong of ["0", "x", "99999999999", "2000000000"])
    t.is((await ask(`GET /posts/bookmarks/${wrong}`, { key })).status, 404, wrong);

  const away = "https://pages.example/a";
  const leesBlog = host.blogs.find(({ ownerId }) => ownerId === lee.id)!;
  const draft = { kind: "bookmark", title: "A", summary: "In short.", visibility: "private" as const };
  await host.publish({ ...draft, properties: { "bookmark-of": away } }, leesBlog, lee);
  await host.runJobs();
  const [page] = ((await ask("GET /posts/bookmarks?count=1", { key })).json() as Feed).items;
  t.like(page, { url: away, title: "A", summary: "In short.", author: { url: "https://pages.example/" } });
  t.deepEqual((await ask(`DELETE /posts/bookmarks/${page!.id}`, { key })).json(), {});

  // The hub has a screen for any word after /bookmarks/; this address is the API's.
  t.deepEqual((await ask("GET /bookmarks/settings", { key })).json(), { is_showing_summaries: false });
  t.deepEqual((await ask("POST /bookmarks/settings", { key, form: { summaries: "1" } })).json(), { is_showing_summaries: true });
  t.like(((await ask("GET /posts/bookmarks", { key })).json() as Feed)._microblog, { is_showing_summaries: true });

  t.deepEqual((await ask(`DELETE /posts/bookmarks/${id}`, { key })).json(), {});
  t.is(((await ask("GET /posts/bookmarks", { key })).json() as Feed).items.length, 0);
  t.like((await ask("GET /posts/bookmarks/highlights", { key })).json() as object, { items: [], _microblog: { count: 0 } });
  t.is((await ask("DELETE /posts/bookmarks/highlights/1", { key })).status, 404);
});
if (!isThere) test("bookmarks of apps (skipped: plugins/client-api or plugins/bookmarks is not there)", (t) => t.pass());
