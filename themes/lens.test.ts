import test, { type ExecutionContext } from "ava";
import type { Draft } from "../core/hooks/values.ts";
import { testBlog } from "../core/render/testing.ts";

const photo = (width: number, height: number, alt = "A heron") => ({
  url: `https://kim.example/media/${width}x${height}.jpg`,
  alt,
  width,
  height,
});

/** A blog of Kim's in Lens with these settings and posts; `page` reads a page, `paths` are the posts'. */
async function lens(t: ExecutionContext, drafts: readonly Draft[], values: Record<string, string | number | boolean> = {}) {
  const blog = await testBlog(t, { blog: { theme: "lens", settings: { design: { themes: { lens: values } } } } });
  const paths: string[] = [];
  for (const [at, draft] of drafts.entries()) {
    blog.setNow(`2026-05-01T12:${10 + at}:00.000Z`);
    paths.push((await blog.post(draft)).path);
  }
  return { paths, blog, page: async (path: string) => (await blog.get(path)).html ?? "" };
}

test("Lens: a picture's shape comes from its measures, in steps and within bounds", async (t) => {
  const shapes = [
    photo(1500, 1000),
    photo(1000, 1500),
    photo(9000, 1000),
    photo(100, 1000),
    { ...photo(1, 1), width: 0, height: 0 },
  ];
  const { page } = await lens(
    t,
    shapes.map((one) => ({ photos: [one] })),
  );
  const classes = [...(await page("/")).matchAll(/class="tile (r\d+)"/g)].map(([, name]) => name).toReversed();
  t.deepEqual(classes, ["r30", "r13", "r60", "r8", "r30"]);
});

test("Lens: a description can be opened; a picture without one still names its link", async (t) => {
  const { page } = await lens(t, [{ photos: [photo(3, 2, "A heron & a pike")] }, { photos: [photo(3, 2, "")] }]);
  const home = await page("/");
  t.regex(home, /<details class="alt"><summary>Description<\/summary><p>A heron &amp; a pike<\/p><\/details>/);
  t.is(home.match(/<details/g)?.length, 1);
  t.regex(home, /<span class="visually-hidden">Photo of May 1, 2026<\/span><\/a>/);
});

test("Lens: squares, row height and gap reach the page and the style sheet", async (t) => {
  const { page, blog } = await lens(t, [], { layout: "square", row_height: 240, gap: 20 });
  const home = await page("/");
  t.regex(home, /<body class="[^"]* square"/);
  t.regex(await (await lens(t, [])).page("/"), /<body class="[^"]* justified"/);
  const sheet = /\/assets\/theme-[0-9a-f]{16}\.css/.exec(home)?.[0] ?? "";
  const { assetReply } = await import("../core/render/assets.ts");
  const scope = { ...blog.scope, blog: { ...blog.scope.blog } };
  const css = Buffer.from((await assetReply(scope, blog.themes, sheet))?.bytes ?? "").toString();
  t.regex(css, /--row-height:240/);
  t.regex(css, /--gap:20/);
});

test("Lens: the line about the camera stands under a photo that has one, unless it is switched off", async (t) => {
  const exif = { camera: "Box <4>", aperture: "f/4", iso: "ISO 200" };
  const drafts: Draft[] = [{ photos: [photo(3, 2)], properties: { exif } }];
  const on = await lens(t, drafts);
  t.regex(await on.page(on.paths[0]!), /class="exif">[^]*<span>Box &lt;4&gt;<\/span> <span>f\/4<\/span> <span>ISO 200<\/span>/);
  const off = await lens(t, drafts, { exif: false });
  t.notRegex(await off.page(off.paths[0]!), /class="exif"/);
});

test("Lens: archives are a contact sheet, or lists like the home page", async (t) => {
  const drafts: Draft[] = [{ photos: [photo(3, 2)] }, { content: "Only words" }];
  const on = await lens(t, drafts);
  t.regex(await on.page("/archive"), /class="sheet">[^]*<img class="u-photo"/);
  t.regex(await on.page("/2026/05"), /class="sheet">[^]*class="line-title"><a class="p-summary"[^>]*>Only words/);
  const off = await lens(t, drafts, { contact_sheet: false });
  t.notRegex(await off.page("/archive"), /class="sheet"/);
  t.regex(await off.page("/2026/05"), /class="h-feed wall"/);
});
