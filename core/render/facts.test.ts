import test from "ava";
import { FactsCache } from "./facts.ts";
import { testBlog } from "./testing.ts";

test("the facts of a blog are read again when it is said that they changed, and not before while all is told", async (t) => {
  const { scope, post } = await testBlog(t);
  const cache = new FactsCache();
  let isFresh = true;
  cache.follow(() => isFresh);

  t.is((await cache.of(scope)).total, 0);
  await post({ content: "The swifts are back." });
  t.is((await cache.of(scope)).total, 0);

  cache.changed("another blog");
  t.is((await cache.of(scope)).total, 0);
  cache.changed(scope.blog.id);
  t.is((await cache.of(scope)).total, 1);

  await post({ content: "And the heron." });
  cache.changed("site");
  t.is((await cache.of(scope)).total, 2);

  // Nobody has looked for a while: then the database is asked.
  await post({ content: "No bees yet." });
  isFresh = false;
  t.is((await cache.of(scope)).total, 3);
});
