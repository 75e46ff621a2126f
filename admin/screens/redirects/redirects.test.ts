import test from "ava";
import { openSite } from "../sites.testing.ts";

test("a redirect is added, found, followed and deleted, and comes back into the form", async (t) => {
  const { browser, at, read, post } = await openSite(t);
  t.regex((await browser.get(at("/redirects"))).text, /No redirects\./);
  t.is((await browser.post(at("/redirects"), { from: "/old", to: "/new?x=1", status: "302" })).status, 303);
  await browser.post(at("/redirects"), { from: "/lee", to: "https://lee.example/", status: "301" });

  t.like(await read("/old"), { status: 302, location: "/new?x=1" });
  t.like(await read("/old/?q=2"), { status: 302, location: "/new?x=1" });
  t.like(await read("/lee"), { status: 301, location: "https://lee.example/" });
  const found = (await browser.get(at("/redirects?q=lee.ex"))).text;
  t.regex(found, /<strong><bdi>\/lee<\/bdi><\/strong>/);
  t.notRegex(found, /<strong><bdi>\/old<\/bdi><\/strong>/);
  t.regex((await browser.get(at("/redirects?q=nothing"))).text, /No redirect has this in it/);

  await post({ kind: "page", title: "Old" });
  t.is((await read("/old")).status, 200, "a page is never hidden");
  const id = /redirects\/([0-9A-Z]{26})\/delete/.exec(found)![1]!;
  const gone = await browser.post(at(`/redirects/${id}/delete`), {});
  t.regex((await browser.get(gone.location!)).text, /value="\/lee"[^]*value="https:\/\/lee\.example\/"/);
  t.is((await read("/lee")).status, 404);
  t.is((await browser.post(at(`/redirects/${id}/delete`), {})).status, 303, "twice does no harm");
});

test("what cannot lead on comes back with a sentence beside its field", async (t) => {
  const { browser, at, house } = await openSite(t);
  await browser.get(at("/redirects"));
  await browser.post(at("/redirects"), { from: "/a", to: "/b", status: "301" });
  const cases = [
    [{ from: "/b", to: "/a" }, "to", /circle/],
    [{ from: "/a", to: "/c" }, "from", /leads somewhere already/],
    [{ from: "/x", to: "http://lee.example/" }, "to", /https:/],
    [{ from: "/x", to: "//lee.example/" }, "to", /a path like/],
    [{ from: "/robots.txt", to: "/c" }, "from", /answered by the blog itself/],
    [{ from: "/feed.xml", to: "/c" }, "from", /answered by the blog itself/],
    [{ from: "/x", to: "/y", status: "307" }, "status", /301/],
  ] as const;

  for (const [fields, field, why] of cases) {
    const page = await browser.post(at("/redirects"), { status: "301", ...fields });
    t.is(page.status, 422, fields.from);
    t.true(page.text.includes(`href="#${field}"`), field);
    t.regex(page.text, why);
    t.true(page.text.includes(`value="${fields.to}"`));
  }
  t.is((await house.storage.query("SELECT id FROM own_redirects")).length, 1);
});

test("a list is looked at first, tells its wrong lines by number, and adds the others", async (t) => {
  const { browser, at, read } = await openSite(t);
  await browser.get(at("/redirects/file"));
  const list = "/one /uno\nnonsense\n/two,/due,302\n/three http://lee.example/\n";
  const send = (fields: Record<string, string>, file?: string | Uint8Array<ArrayBuffer>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (file !== undefined) form.append("file", new File([file], "list.csv", { type: "text/csv" }));
    return browser.post(at("/redirects/file"), form);
  };

  const report = await send({ list: "", intent: "look" }, list);
  t.is(report.status, 200);
  t.regex(report.text, /2 redirects would be added/);
  t.regex(report.text, /2 lines are left out/);
  t.regex(report.text, /<th scope="row">2<\/th>/);
  t.regex(report.text, /<th scope="row">4<\/th>/);
  t.is((await read("/one")).status, 404, "looking changes nothing");

  t.is((await send({ list, intent: "add" })).location, at("/redirects"));
  t.like(await read("/one"), { status: 301, location: "/uno" });
  t.like(await read("/two"), { status: 302, location: "/due" });
  t.regex((await send({ list, intent: "add" })).text, /nothing that could be added/);
  for (const [fields, file] of [
    [{ list: "" }, undefined],
    [{ list: "" }, new Uint8Array([0xff, 0xfe, 0x00])],
    [{ list: "" }, "x".repeat(1_000_001)],
    [{ list: Array.from({ length: 10_001 }, (_, n) => `/a${n} /b`).join("\n") }, undefined],
  ] as const)
    t.is((await send({ ...fields, intent: "look" }, file)).status, 422);
});

test("what moves left stands apart, page by page", async (t) => {
  const { browser, at, post } = await openSite(t);
  t.regex((await browser.get(at("/redirects/moved"))).text, /Nothing has moved yet/);
  for (let n = 0; n < 31; n++) {
    const page = await post({ kind: "page", title: `Page ${n}` });
    await post({ id: page.id, slug: `moved-${n}` });
  }

  const first = (await browser.get(at("/redirects/moved"))).text;
  const older = /rel="next" href="([^"]+)"/.exec(first)![1]!.replaceAll("&amp;", "&");
  const second = (await browser.get(older)).text;

  const count = (text: string) => (text.match(/leads to \/moved-/g) ?? []).length;
  t.deepEqual([count(first), count(second)], [30, 1]);
  t.regex((await browser.get(at("/redirects"))).text, /No redirects\./);
});
