import test, { type ExecutionContext } from "ava";
import { databases } from "../../storage/testing.ts";
import { publish } from "../publish.ts";
import { testScope } from "../testing.ts";
import { assertLeads, dropRedirect, keepRedirects, leadingFrom, listMoves, listRedirects } from "./own-redirects.ts";
import { readRedirectFile } from "./redirect-file.ts";
import { checkedRedirect } from "./redirect-target.ts";
import { Roads } from "./roads.ts";
import type { Dialect } from "../../storage/columns.ts";

const rules = { hosts: new Set(["kim.example", "kim.hub.example"]), isReserved: (path: string) => path === "/feed.xml" };

async function place(t: ExecutionContext, dialect: Dialect = "sqlite") {
  const made = await testScope(t, { dialect });
  const { scope, blog } = made;
  const add = async (from: string, to: string, status = "") => {
    const checked = checkedRedirect(blog, { from, to, status }, rules);
    await assertLeads(checked, new Roads(scope));
    return scope.storage.write((db) => keepRedirects(scope, db, [checked]));
  };
  return { ...made, add };
}

for (const [from, to, status, expected] of [
  ["/old", "/new", "", { path: "/old", target: "/new", status: 301 }],
  ["/old/", "/new?x=1#y", "302", { path: "/old", target: "/new?x=1#y", status: 302 }],
  ["https://kim.example/old", "https://lee.example/a", "301", { path: "/old", target: "https://lee.example/a", status: 301 }],
  ["/caf%C3%A9", "/thé", "", { path: "/café", target: "/th%C3%A9", status: 301 }],
  ["/a", "https://KIM.hub.example/b?c", "", { path: "/a", target: "/b?c", status: 301 }],
  ["/2026/05/01/old", "/", "", { path: "/2026/05/01/old", target: "/", status: 301 }],
] as const)
  test(`${from} to ${to} is understood`, async (t) => {
    const { blog } = await testScope(t);

    t.deepEqual(checkedRedirect(blog, { from, to, status }, rules), expected);
  });

for (const [from, to, why] of [
  ["old", "/new", /begins with a slash/],
  ["/", "/new", /start page/],
  ["/old?p=1", "/new", /follows a \?/],
  ["/old/*", "/new", /each address is written by itself/i],
  ["/archive", "/new", /answered by the blog itself/],
  ["/2026/05", "/new", /answered by the blog itself/],
  ["/media/a.jpg", "/new", /answered by the blog itself/],
  ["/.well-known/webfinger", "/new", /answered by the blog itself/],
  ["/feed.xml", "/new", /answered by the blog itself/],
  ["https://lee.example/old", "/new", /not this blog/],
  ["/a/../b", "/new", /begins with a slash/],
  ["//lee.example/x", "/new", /begins with a slash/],
  ["/old", "", /a path like/],
  ["/old", "http://lee.example/", /https:/],
  ["/old", "//lee.example/", /a path like/],
  ["/old", "/..//lee.example", /a path like/],
  ["/old", "/\\lee.example", /a path like/],
  ["/old", "javascript:alert(1)", /a path like/],
  ["/old", "https://kim:secret@lee.example/", /a path like/],
  ["/old", "/new\r\nset-cookie: x", /a path like/],
  ["/old", "/old/", /itself/],
  ["/old", "https://kim.example/old?again", /itself/],
] as const)
  test(`${from} to ${JSON.stringify(to)} is refused in words`, async (t) => {
    const { blog } = await testScope(t);

    t.throws(() => checkedRedirect(blog, { from, to, status: "" }, rules), { message: why });
  });

test("another status than 301 and 302 is refused", async (t) => {
  const { blog } = await testScope(t);

  t.throws(() => checkedRedirect(blog, { from: "/a", to: "/b", status: "307" }, rules), { message: /301 .* or 302/ });
});

for (const dialect of databases) {
  test(`${dialect}: redirects lead on, are found by a part of either address, page by page, and go`, async (t) => {
    const { scope, touched, add } = await place(t, dialect);
    for (let n = 0; n < 33; n++) await add(`/old-${n}`, n === 3 ? "https://lee.example/100%_sure" : `/new-${n}`, "302");
    touched.length = 0;

    const first = await listRedirects(scope);
    const second = await listRedirects(scope, { after: first.next! });
    const found = await listRedirects(scope, { search: "0%_s" });

    t.is(first.redirects.length, 30);
    t.is(second.redirects.length, 3);
    t.is(second.next, null);
    t.deepEqual(
      found.redirects.map(({ path }) => path),
      ["/old-3"],
    );
    t.deepEqual(await leadingFrom(scope, "/old-7/"), { target: "/new-7", status: 302 });
    t.like(await scope.storage.write((db) => dropRedirect(scope, db, found.redirects[0]!.id)), { path: "/old-3" });
    t.is(await leadingFrom(scope, "/old-3"), null);
    t.is(await scope.storage.write((db) => dropRedirect(scope, db, found.redirects[0]!.id)), null);
    t.deepEqual(touched, [scope.blog!.id]);
  });

  test(`${dialect}: circles, long ways, taken paths and paths of posts are refused`, async (t) => {
    const { scope, add } = await place(t, dialect);
    await publish(scope, { kind: "page", title: "About" });
    for (const [from, to] of ["a b", "b c", "c d"].map((pair) => pair.split(" "))) await add(`/${from}`, `/${to}`);

    await t.throwsAsync(add("/d", "/a"), { message: /circle/ });
    await t.throwsAsync(add("/a", "/z"), { message: /leads somewhere already/ });
    await t.throwsAsync(add("/about", "/z"), { message: /post or page/ });
    await add("/e", "/about#top");
    await add("/z2", "/a");
    await add("/z1", "/z2");
    await t.throwsAsync(add("/z0", "/z1"), { message: /steps/ });
  });

  test(`${dialect}: what a moved post left is a way too, listed apart`, async (t) => {
    const { scope, add } = await place(t, dialect);
    const page = await publish(scope, { kind: "page", title: "About" });
    await publish(scope, { id: page.ok ? page.post.id : "", slug: "me" });

    t.deepEqual(await leadingFrom(scope, "/about"), { target: "/me", status: 301 });
    t.like((await listMoves(scope)).moves[0], { path: "/about", target: "/me" });
    t.deepEqual((await listRedirects(scope)).redirects, []);
    await add("/about", "/elsewhere");
    t.deepEqual(await leadingFrom(scope, "/about"), { target: "/elsewhere", status: 301 }, "what a person said counts first");
    const { next } = await listMoves(scope, "2026-01-01T00:00:00.000Z x");
    t.is(next, null);
  });

  test(`${dialect}: another blog's redirects are not there`, async (t) => {
    const { scope, add } = await place(t, dialect);
    await add("/old", "/new");
    const { redirects } = await listRedirects(scope);
    const elsewhere = { ...scope, blog: { ...scope.blog!, id: "01JOTHER000000000000000000" } };

    t.is(await leadingFrom(elsewhere, "/old"), null);
    t.deepEqual((await listRedirects(elsewhere)).redirects, []);
    t.is(await scope.storage.write((db) => dropRedirect(elsewhere, db, redirects[0]!.id)), null);
  });

  test(`${dialect}: a list of thousands is looked at, told by line, and kept`, async (t) => {
    const { scope } = await place(t, dialect);
    const good = Array.from({ length: 3000 }, (_, n) => `/old/${n},/new/${n}`);
    const text = [
      "from,to,status",
      "# moved",
      ...good,
      "/x /y 302",
      '"/q, r";/s',
      "/y /x",
      "/old/5 /other",
      "nonsense",
      "/home http://lee.example",
    ];

    const report = await readRedirectFile(scope, text.join("\r\n"), rules);

    t.is(report.good.length, 3002);
    t.deepEqual(report.good.slice(-2), [
      { path: "/x", target: "/y", status: 302 },
      { path: "/q, r", target: "/s", status: 301 },
    ]);
    t.deepEqual(
      report.problems.map(({ line, error }) => [line, error.key]),
      [
        [3005, "redirect.circle"],
        [3006, "redirect.taken"],
        [3007, "redirect.line"],
        [3008, "redirect.to"],
      ],
    );
    t.is(await scope.storage.write((db) => keepRedirects(scope, db, report.good)), 3002);
    t.is((await readRedirectFile(scope, good.join("\n"), rules)).good.length, 0);
  });
}

test("a list of more than 10,000 lines is refused, and so is more than a blog can have", async (t) => {
  const { scope } = await place(t);
  const many = (from: number, count: number) => Array.from({ length: count }, (_, n) => `/o${from + n} /n${from + n}`).join("\n");

  await t.throwsAsync(readRedirectFile(scope, many(0, 10_001), rules), { message: /10,000 lines/ });
  for (const from of [0, 10_000]) {
    const { good } = await readRedirectFile(scope, many(from, 10_000), rules);
    await scope.storage.write((db) => keepRedirects(scope, db, good));
  }
  const { good } = await readRedirectFile(scope, "/one-more /x", rules);
  await t.throwsAsync(
    scope.storage.write((db) => keepRedirects(scope, db, good)),
    { message: /20000 redirects/ },
  );
});
