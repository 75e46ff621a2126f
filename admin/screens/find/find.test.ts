import test from "ava";
import { publish } from "../../../core/posts/publish.ts";
import { blogByHost, makeBlogWithOwner } from "../../../core/blogs/blogs.ts";
import { grant } from "../../../core/blogs/memberships.ts";
import { openTown } from "../people/people.testing.ts";

test("typing where to go finds screens, blogs and posts by their words; an author does not find another's drafts", async (t) => {
  const { house, kim, enter, join } = await openTown(t);
  const blog = (await blogByHost(house.storage, "kim.localhost", house.site))!;
  const account = (await house.storage.query("SELECT id FROM accounts WHERE username = 'kim'"))[0]!;
  const scope = house.scopeOf({ id: String(account.id), role: "admin" } as never, blog, "test");
  await publish(scope, { content: "Herons stand in the reeds." });
  await publish(scope, { content: "Herons, unfinished.", status: "draft" });
  await house.storage.write(async (db) => {
    const made = await makeBlogWithOwner(
      db,
      { name: "boats", title: "Boats", ownerId: String(account.id) },
      house.site,
      house.clock.now(),
    );
    return grant(db, { blogId: made.id, accountId: String(account.id), role: "owner" }, house.clock.now());
  });

  const found = (await kim.get("/find?q=HERONS")).text;
  t.regex(found, /Herons stand in the reeds\.<\/bdi><\/a>/);
  t.regex(found, /Herons, unfinished\./);
  t.regex((await kim.get("/find?q=boat")).text, /href="\/b\/boats\.localhost\/posts">Boats/);
  t.regex((await kim.get("/find?q=sched")).text, /href="\/b\/kim\.localhost\/schedule"/);
  t.regex((await kim.get("/find?q=ostrich")).text, /No screen and no post here is found by “ostrich”/);

  const lee = await enter("lee", { hasBlog: false });
  await join(blog, lee.person, "author");
  const theirs = (await lee.browser.get("/find?q=herons")).text;
  t.regex(theirs, /stand in the reeds/);
  t.notRegex(theirs, /unfinished/);
});
