import test from "ava";
import { addToTotal } from "../../media/totals.ts";
import { databases } from "../../storage/testing.ts";
import { deleteBlog, suspendBlog } from "../standing/blog-standing.ts";
import { testTown } from "../testing.ts";
import { blogsOwnedBy, findBlogs, listedBlog } from "./find-blogs.ts";
import { findPeople } from "./find-people.ts";

for (const dialect of databases) {
  test(`${dialect}: people are found by the beginning of a handle or an address, a part of a name, a role; signs of patterns are only letters`, async (t) => {
    const { storage, person } = await testTown(t, dialect);
    for (const name of ["kim", "lee", "ana"]) await person(name, name === "kim" ? "admin" : "member");
    await storage.write((db) => db.run("UPDATE accounts SET name = 'Lee 100%' WHERE username = 'lee'"));
    const found = async (filter: object) => (await findPeople(storage, filter)).people.map(({ username }) => username);

    t.deepEqual(await found({}), ["ana", "kim", "lee"]);
    t.deepEqual(await found({ q: "KI" }), ["kim"]);
    t.deepEqual(await found({ q: "ana@mail" }), ["ana"]);
    t.deepEqual(await found({ q: "100%" }), ["lee"]);
    t.deepEqual(await found({ q: "%" }), ["lee"]);
    t.deepEqual(await found({ q: "_" }), []);
    t.deepEqual(await found({ role: "admin" }), ["kim"]);
    t.deepEqual(await found({ state: "suspended" }), []);
    t.deepEqual(await found({ after: "ana" }), ["kim", "lee"]);
  });

  test(`${dialect}: a page has 30 people and says where the next begins`, async (t) => {
    const { storage, person } = await testTown(t, dialect);
    for (let n = 10; n < 45; n++) await person(`kim${n}`);

    const first = await findPeople(storage, {});
    const second = await findPeople(storage, { after: first.next! });

    t.deepEqual([first.people.length, first.next, second.people.length, second.next], [30, "kim39", 5, null]);
  });

  test(`${dialect}: blogs are found in every state, with their owner and what their files take up`, async (t) => {
    const { storage, hub, person, blog, as } = await testTown(t, dialect);
    const [kim, lee] = [await person("kim", "admin"), await person("lee")];
    const [one, two, three] = [await blog("one", kim), await blog("two", lee), await blog("three", lee)];
    await storage.write(async (db) => {
      await suspendBlog(as(kim), db, two);
      await deleteBlog(as(lee), db, three);
      for (const files of [1, 1]) await addToTotal(db, two.id, { files, bytes: 500 });
    });
    const found = async (filter: object) => (await findBlogs(storage, hub, filter)).blogs.map(({ blog: { title } }) => title);

    t.deepEqual(await found({}), ["one", "three", "two"]);
    t.deepEqual(await found({ q: "ONE" }), ["one"]);
    t.deepEqual(await found({ owner: "lee" }), ["three", "two"]);
    t.deepEqual(await found({ state: "suspended" }), ["two"]);
    t.deepEqual(await found({ after: one.host }), ["three", "two"]);
    t.like(await listedBlog(storage, hub, two.host), { state: "suspended", owner: "lee", bytes: 1000 });
    t.is(await listedBlog(storage, hub, "nowhere.example"), null);
    t.deepEqual(
      (await blogsOwnedBy(storage, hub, lee.id)).map(({ state }) => state),
      ["deleted", "suspended"],
    );
    t.is((await findPeople(storage, { q: "lee" })).people[0]?.bytes, 1000);
  });
}
