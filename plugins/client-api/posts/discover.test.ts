import test from "ava";
import { definePlugin } from "rookery/plugin";
import { open } from "../client-api.testing.ts";

type Feed = { items: { id: string; _microblog: object }[]; _microblog: { tagmoji: object[] } };

test("what curators picked comes in their order, paged by the ids of posts; one or two topics are none", async (t) => {
  const shelf = { entries: [] as { number: number; pick: number; at: string; note: string }[], topics: 2 };
  const shelves = definePlugin({
    id: "shelves",
    name: "S",
    description: "S",
    version: "1.0.0",
    api: 1,
    scope: "network",
    services: {
      "discover.shelves": () => ({
        topics: async () =>
          Array.from({ length: shelf.topics }, (_, at) => ({
            slug: `t${at}`,
            title: `T${at}`,
            emoji: "📚",
            isFeatured: at === 0,
          })),
        picks: async ({ before = Infinity, since = 0, limit = 40 }) => {
          const found = shelf.entries.filter(({ pick }) => pick < before && pick > since);
          return { entries: found.slice(0, limit), next: found.length > limit ? found[limit - 1]!.pick : null };
        },
      }),
    },
  } as never);
  const { host, ask } = await open(t, { plugins: [shelves] });
  const posts = [];
  const book = `Finished reading: [A *Heron*](http://hub.example:${host.port}/books/978-0-00-000000-2) by Ana B. 📚`;
  for (const text of [book, "Two", "Three"]) posts.push(await host.publish({ text }));
  await host.runJobs();
  // The oldest post was picked last.
  shelf.entries = [posts[0]!, posts[2]!, posts[1]!].map(({ number }, at) => ({ number, pick: 30 - at, at: "", note: "" }));
  const ids = async (path: string) => ((await ask(`GET ${path}`)).json() as Feed).items.map(({ id }) => Number(id));
  const [one, two, three] = posts.map(({ number }) => number);

  t.deepEqual(await ids("/posts/discover"), [one, three, two]);
  const [first, second] = ((await ask("GET /posts/discover/books")).json() as Feed).items;
  t.like(first, { _microblog: { isbn: "9780000000002", book_title: "A Heron", book_author: "Ana B." } });
  t.false("isbn" in second!._microblog);
  t.deepEqual(await ids(`/posts/discover?before_id=${one}&count=1`), [three]);
  t.deepEqual(await ids(`/posts/discover/t0?since_id=${two}`), [one, three]);
  t.deepEqual(await ids("/posts/discover?before_id=2000000000"), []);
  t.deepEqual(await ids("/posts/discover?count=0"), []);
  t.deepEqual(((await ask("GET /posts/discover")).json() as Feed)._microblog.tagmoji, []);
  shelf.topics = 4;
  const { tagmoji } = ((await ask("GET /posts/discover?count=0")).json() as Feed)._microblog;
  t.is(tagmoji.length, 4);
  t.deepEqual(tagmoji[0], { name: "t0", title: "T0", emoji: "📚", is_featured: true });
});
