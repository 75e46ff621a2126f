import test from "ava";
import { AsyncResource } from "node:async_hooks";
import { later, makePerson, morning } from "../people/testing.ts";
import type { Storage } from "../storage/storage.ts";
import { databases, openTestStorage } from "../storage/testing.ts";
import { auditLines } from "../people/audit.ts";
import { blogUrl } from "./blog.ts";
import { blogByHost, blogById, changeBlog, findByAddress, listBlogs, makeBlogWithOwner } from "./blogs.ts";
import { domainProblem, hostFromAddress } from "./host-names.ts";
import { addDomain, hostsOf, markVerified, removeDomain, useAsMain } from "./hosts.ts";
import { blogsOf, grant, membersOf, revoke, roleOn } from "./memberships.ts";
import { changedSince, touch } from "./versions.ts";

const hub = { url: "http://localhost:8080" };
const make = async (storage: Storage, name: string) => {
  const person = await makePerson(storage, name);
  return storage.write((db) => makeBlogWithOwner(db, { name, ownerId: person.id, title: `${name}’s blog` }, hub, morning));
};

for (const [host, hubUrl, expected] of [
  ["kim.localhost", "http://localhost:8080", "http://kim.localhost:8080/"],
  ["kim.hub.example", "https://hub.example", "https://kim.hub.example/"],
  ["kim.hub.example", "https://hub.example:8443", "https://kim.hub.example:8443/"],
  ["kim.example", "https://hub.example", "https://kim.example/"],
  ["kim.example", "https://hub.example:8443", "https://kim.example/"],
  ["kim.example", "http://localhost:8080", "http://kim.example:8080/"],
] as const)
  test(`${host} on the hub ${hubUrl} is ${expected}`, (t) => t.is(blogUrl(host, { url: hubUrl }), expected));

for (const [text, expected] of [
  ["kim.localhost", "kim.localhost"],
  ["kim.localhost:8080", "kim.localhost"],
  ["http://Kim.localhost:8080/about?x=1", "kim.localhost"],
  ["kim.example.", "kim.example"],
  ["https://bücher.example/", "xn--bcher-kva.example"],
  ["", null],
  ["ftp://kim.example", null],
  ["kim example", null],
  ["javascript:alert(1)", null],
] as const)
  test(`the address “${text}” names the host ${expected}`, (t) => t.is(hostFromAddress(text), expected));

for (const host of [
  "127.0.0.1",
  "localhost",
  "kim.localhost",
  "hub.example",
  "kim.hub.example",
  "kim",
  "kim.local",
  "a..example",
  "-a.example",
])
  test(`${host} cannot be a blog's own domain`, (t) => t.not(domainProblem(host, { url: "https://hub.example" }), null));

test("blog.kim.example can be a blog's own domain", (t) => t.is(domainProblem("blog.kim.example", hub), null));

for (const dialect of databases) {
  test(`${dialect}: a new blog is found by id, by host and by what people type, and is its owner's`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const blog = await make(storage, "kim");

    t.is(blog.url, "http://kim.localhost:8080/");
    t.deepEqual(await blogById(storage, blog.id, hub), blog);
    t.deepEqual(await blogByHost(storage, "kim.localhost", hub), blog);
    for (const text of ["kim.localhost", "kim.localhost:8080", "http://KIM.localhost:8080/x"])
      t.is((await findByAddress(storage, text, hub))?.id, blog.id, text);
    t.is(await findByAddress(storage, "lee.localhost", hub), null);
    t.deepEqual(await blogsOf(storage, blog.ownerId, hub), [{ blog, role: "owner" }]);
  });

  test(`${dialect}: of two that want one name at once, one gets it and the other a sentence`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const kim = await makePerson(storage, "kim");
    const want = () => storage.write((db) => makeBlogWithOwner(db, { name: "birds", ownerId: kim.id }, hub, morning));

    const results = await Promise.allSettled([want(), want()]);

    t.deepEqual(results.map((result) => result.status).sort(), ["fulfilled", "rejected"]);
    const refused = results.find((result) => result.status === "rejected");
    t.regex(String(refused?.reason), /There is a blog at birds\.localhost already/);
    await t.throwsAsync(
      storage.write((db) => makeBlogWithOwner(db, { name: "www", ownerId: kim.id }, hub, morning)),
      { message: /kept for the installation/ },
    );
  });

  test(`${dialect}: changing a blog keeps what was left out, merges settings and moves its version`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const { id } = await make(storage, "kim");
    const change = (what: Parameters<typeof changeBlog>[2]) => storage.write((db) => changeBlog(db, id, what, later(60)));

    await change({ settings: { accent: "#123456", perPage: 10 } });
    await change({ title: "Birds", timeZone: "Europe/Berlin", theme: "folio", settings: { perPage: null } });

    t.like(await blogById(storage, id, hub), {
      title: "Birds",
      timeZone: "Europe/Berlin",
      theme: "folio",
      language: "en",
      settings: { accent: "#123456" },
    });
    const changes = await changedSince(storage, "");
    t.like(
      changes.find((one) => one.scope === id),
      { number: 3 },
    );
    await t.throwsAsync(change({ title: "  " }), { message: /Give the blog a title/ });
    await t.throwsAsync(change({ language: "not a language" }), { message: /language tag/ });
  });

  test(`${dialect}: blogs are listed by host, page after page`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    for (const name of ["lee", "ana", "kim"]) await make(storage, name);

    const first = await listBlogs(storage, hub, { limit: 2 });
    const second = await listBlogs(storage, hub, { limit: 2, after: first[1]!.host });

    t.deepEqual(
      [...first, ...second].map((blog) => blog.host),
      ["ana.localhost", "kim.localhost", "lee.localhost"],
    );
  });

  test(`${dialect}: a claim that nobody proved is kept for its blog for a week, then another blog may have it`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const [kim, lee, ana] = [await make(storage, "kim"), await make(storage, "lee"), await make(storage, "ana")];
    const add = (blogId: string, now: Date) => storage.write((db) => addDomain(db, blogId, "kim.example", { hub, now }));
    const afterDays = (days: number) => new Date(morning.getTime() + days * 24 * 3600_000);

    const claim = await add(lee.id, morning);
    const error = await t.throwsAsync(add(kim.id, afterDays(6.9)), { name: "PublicError" });
    t.like(error, { status: 409, key: "domain.claimed" });
    t.regex(error!.message, /kim\.example waits to be verified for another blog/);
    t.deepEqual(await hostsOf(storage, kim.id).then((hosts) => hosts.length), 1);
    t.is((await hostsOf(storage, lee.id)).find(({ host }) => host === "kim.example")?.token, claim.token);

    const ends = await Promise.allSettled([add(kim.id, afterDays(7.1)), add(ana.id, afterDays(7.1))]);
    t.deepEqual(ends.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    t.is((await hostsOf(storage, lee.id)).length, 1);
    t.like(await auditLines(storage, { blogId: lee.id }), [{ action: "domain.lapsed", subject: "kim.example" }]);
  });

  test(`${dialect}: a domain answers once verified, becomes the address, and cannot be taken from its blog`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const [kim, lee] = [await make(storage, "kim"), await make(storage, "lee")];
    const place = { hub, now: later(1) };
    const add = (blogId: string) => storage.write((db) => addDomain(db, blogId, "https://Kim.example/", place));

    const first = AsyncResource.bind(() => add(kim.id));
    const { host, token } = await storage.write(async (db) => {
      // The view of a transaction on MariaDB is that of its first question; what came since then is there all the same.
      await db.query("SELECT id FROM blogs");
      if (dialect === "mysql") await first();
      return addDomain(db, kim.id, "kim.example", place);
    });
    t.is((await add(kim.id)).token, token);
    t.is(await blogByHost(storage, host, hub), null);
    await t.throwsAsync(
      storage.write((db) => useAsMain(db, kim.id, host, later(2))),
      { message: /not verified yet/ },
    );

    await storage.write((db) => markVerified(db, kim.id, host));
    await storage.write((db) => useAsMain(db, kim.id, host, later(4)));
    t.like(await blogByHost(storage, "kim.localhost", hub), { id: kim.id, host: "kim.example" });
    await t.throwsAsync(add(lee.id), { message: /another blog/ });
    await t.throwsAsync(
      storage.write((db) => removeDomain(db, kim.id, host)),
      { message: /the blog's address/ },
    );
    await t.throwsAsync(
      storage.write((db) => removeDomain(db, lee.id, host)),
      { message: /not one of the blog's/ },
    );
    t.deepEqual(
      (await hostsOf(storage, kim.id)).map((one) => [one.host, one.isMain]),
      [
        ["kim.example", true],
        ["kim.localhost", false],
      ],
    );
  });

  test(`${dialect}: roles on a blog come and go, but the last owner stays`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const blog = await make(storage, "kim");
    const lee = await makePerson(storage, "lee");
    const give = (accountId: string, role: "owner" | "author") =>
      storage.write((db) => grant(db, { blogId: blog.id, accountId, role }, later(1)));

    await give(lee.id, "author");
    t.is(await roleOn(storage, blog.id, lee.id), "author");
    await t.throwsAsync(give(blog.ownerId, "author"), { message: /last owner/ });
    await t.throwsAsync(
      storage.write((db) => revoke(db, blog.id, blog.ownerId)),
      { message: /last owner/ },
    );
    await give(lee.id, "owner");
    t.true(await storage.write((db) => revoke(db, blog.id, blog.ownerId)));

    t.deepEqual(await membersOf(storage, blog.id), [{ blogId: blog.id, accountId: lee.id, role: "owner" }]);
  });

  test(`${dialect}: touches at the same moment are all counted`, async (t) => {
    const storage = await openTestStorage(t, dialect);

    await Promise.all(Array.from({ length: 8 }, () => storage.write((db) => touch(db, "site"))));

    const [change, ...rest] = await changedSince(storage, "2000-01-01T00:00:00.000Z");
    t.like(change, { scope: "site", number: 8 });
    t.regex(change!.changedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    t.deepEqual(rest, []);
    t.deepEqual(await changedSince(storage, "9000-01-01T00:00:00.000Z"), []);
  });
}
