import test from "ava";
import { parseXml } from "rookery/plugin";
import { fileOf, partOf, partsOf } from "./parts.ts";
import sitemap from "./plugin.ts";

type Listed = { id: string; url: string; kind: string; visibility: string; updatedAt: string };
type Asked = {
  posts?: Listed[];
  pages?: Listed[];
  months?: { month: string; count: number }[];
  settings?: object;
  isHidden?: boolean;
};

const post = (number: number, kind = "article"): Listed => ({
  id: String(number).padStart(6, "0"),
  url: `https://kim.example/2026/11/01/${number}?a=1&b=2`,
  kind,
  visibility: "public",
  updatedAt: "2026-11-24T09:30:00.000Z",
});

async function read(path: string, { posts = [], pages = [], months = [], settings = {}, isHidden = false }: Asked = {}) {
  const asked: number[] = [];
  const context = {
    blog: { url: "https://kim.example/", settings: { hideFromSearch: isHidden } },
    settings: { pages: true, categories: true, notes: true, ...settings },
    posts: {
      months: async () => months,
      categories: async () => [{ slug: "reisen-größe" }],
      async list(filter: { pages?: boolean; limit: number; after?: string }) {
        if (filter.pages) return pages;
        asked.push(filter.limit);
        const from = filter.after === undefined ? 0 : posts.findIndex(({ id }) => id === filter.after) + 1;
        return posts.slice(from, from + filter.limit);
      },
    },
  };
  const file = /^\/sitemaps\/(.+)$/.exec(path)?.[1];
  const route = sitemap.routes!.find((one) => one.path === (file ? "/sitemaps/:file" : path))!;
  const reply = await route.run({ params: file ? { file } : {}, context } as never);
  const locations = reply.status === 200 ? parseXml(reply.text!).children.map((child) => child.children[0]!.text) : [];
  return { reply, locations, asked };
}

test("the index names a file for the pages and one for each year", async (t) => {
  const months = [
    { month: "2026-02", count: 3 },
    { month: "2026-01", count: 4 },
    { month: "2025-12", count: 1 },
  ];
  const { reply, locations } = await read("/sitemap.xml", { months });

  t.true(reply.cache);
  t.is(reply.headers!["content-type"], "application/xml; charset=utf-8");
  t.deepEqual(
    locations,
    ["pages", "2026", "2025"].map((name) => `https://kim.example/sitemaps/${name}.xml`),
  );
});

test("a year with too many posts is cut into months, such a month into pieces", (t) => {
  const parts = partsOf([
    { month: "2026-02", count: 12_000 },
    { month: "2026-01", count: 10 },
    { month: "2025-01", count: 5_000 },
  ]);

  t.deepEqual(parts.map(fileOf), ["2026-02.xml", "2026-02.2.xml", "2026-02.3.xml", "2026-01.xml", "2025.xml"]);
  t.deepEqual(
    parts.map((part) => partOf(fileOf(part))),
    parts,
  );
});

test("a part lists its posts by their addresses with the moment they changed", async (t) => {
  const { locations, reply } = await read("/sitemaps/2026.xml", { posts: [post(1), post(2)] });

  t.deepEqual(locations, ["https://kim.example/2026/11/01/1?a=1&b=2", "https://kim.example/2026/11/01/2?a=1&b=2"]);
  t.regex(reply.text!, /<lastmod>2026-11-24T09:30:00.000Z<\/lastmod>/);
});

test("the pieces of a large month hold every post once", async (t) => {
  const posts = Array.from({ length: 5_250 }, (_, number) => post(number));

  const first = await read("/sitemaps/2026-11.xml", { posts });
  const second = await read("/sitemaps/2026-11.2.xml", { posts });

  t.is(first.locations.length, 5_000);
  t.is(second.locations.length, 250);
  t.is(new Set([...first.locations, ...second.locations]).size, 5_250);
  t.true([...first.asked, ...second.asked].every((limit) => limit <= 100));
});

test("pages and categories are listed; pages that only some may see are not", async (t) => {
  const pages = [
    { ...post(1, "page"), url: "https://kim.example/about" },
    { ...post(2, "page"), url: "https://kim.example/secret", visibility: "unlisted" },
  ];

  t.deepEqual((await read("/sitemaps/pages.xml", { pages })).locations, [
    "https://kim.example/",
    "https://kim.example/about",
    "https://kim.example/categories/reisen-gr%C3%B6%C3%9Fe",
  ]);
});

test("the owner leaves out pages, categories and notes", async (t) => {
  const settings = { pages: false, categories: false, notes: false };
  const asked = { pages: [post(1, "page")], posts: [post(2, "note"), post(3)], settings };

  t.deepEqual((await read("/sitemaps/pages.xml", asked)).locations, ["https://kim.example/"]);
  t.deepEqual((await read("/sitemaps/2026.xml", asked)).locations, [post(3).url]);
});

test("a blog that is kept from search engines has no sitemap", async (t) => {
  for (const path of ["/sitemap.xml", "/sitemaps/pages.xml"])
    t.is((await read(path, { isHidden: true })).reply.status, 404, path);
});

for (const name of ["nothing.xml", "2026-13.xml", "2026.xml.gz", "0026.xml", "2026.100.xml"])
  test(`there is no part ${name}`, async (t) => {
    t.is((await read(`/sitemaps/${name}`)).reply.status, 404);
  });

test("robots.txt learns where the sitemap is", (t) => {
  const lines = sitemap.hooks!["robots.lines"] as (value: object, context: object) => string[];

  t.deepEqual(lines({}, { blog: { url: "https://kim.example/" } }), ["Sitemap: https://kim.example/sitemap.xml"]);
});
