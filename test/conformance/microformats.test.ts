import test from "ava";
import { mf2 } from "microformats-parser";
import { drawSample } from "../../core/render/sample/draw-sample.ts";
import { samplePages, type SamplePage } from "../../core/render/sample/sample-pages.ts";
import { bundledThemes, Themes } from "../../core/render/themes/themes.ts";
import { entryFaultsOf, homeFaults } from "./microformats/faults.ts";

const themes = new Themes({ bundled: bundledThemes, installed: "" });
const visible = themes
  .list()
  .filter((theme) => !("problem" in theme) && !theme.manifest.isHidden)
  .map(({ id }) => id);

function drawn(id: string): { page: SamplePage; html: string }[] {
  const chain = themes.chain(id);
  return samplePages(chain, { url: "https://kim.example/" }).map((page) => ({ page, html: drawSample(page, chain).html! }));
}

/** What a foreign parser finds wrong with a page. */
function faultsOf(page: SamplePage, html: string): string[] {
  const parsed = mf2(html, { baseUrl: new URL(page.content.path, page.blog.blog.url).href });
  const { content } = page;
  if (content.type === "post") return entryFaultsOf(parsed, page);
  return content.type === "home" && content.list!.posts.length > 0 ? homeFaults(parsed, page) : [];
}

for (const id of visible)
  test(`${id}: a foreign parser finds every kind of post, its author and whose blog it is`, (t) => {
    const faults = drawn(id).flatMap(({ page, html }) => faultsOf(page, html).map((fault) => `${page.name}: ${fault}`));
    t.deepEqual(faults, []);
  });

test("each of these checks fails on a page that is wrong", (t) => {
  const pages = drawn("perch");
  const wrong: [page: string, from: RegExp, to: string][] = [
    ["note", /dt-published/g, "x"],
    ["note", /(<time class="dt-published" datetime="[^"]+)Z"/g, '$1"'],
    ["note", /p-author/g, "x"],
    ["note", /e-content/g, "p-name"],
    ["note", /u-url u-uid/g, "x"],
    ["note", /h-entry/g, "h-item"],
    ["note", /p-category/g, "x"],
    ["article", /p-name/g, "x"],
    ["photo", /alt="[^"]+"/g, ""],
    ["photo of four", /u-photo/g, "x"],
    ["video", /u-video/g, "x"],
    ["audio", /u-audio/g, "x"],
    ["reply", /u-in-reply-to/g, "x"],
    ["bookmark", /u-bookmark-of/g, "x"],
    ["like", /u-like-of/g, "x"],
    ["repost", /u-repost-of/g, "x"],
    ["rsvp", /p-rsvp/g, "x"],
    ["checkin", /u-checkin/g, "x"],
    ["checkin", /p-location/g, "x"],
    ["checkin", /u-category/g, "x"],
    ["event", /h-event/g, "x"],
    ["event", /dt-start/g, "x"],
    ["syndicated note", /u-syndication/g, "x"],
    ["home", /h-feed/g, "x"],
    ["home", /u-url u-uid/g, "x"],
    ["home", /rel="me"/g, ""],
    ["home", /<data class="p-name"[^>]*>/g, ""],
  ];
  for (const [name, from, to] of wrong) {
    const { page, html } = pages.find((one) => one.page.name === name)!;
    t.not(html.replace(from, to), html, `${name} has ${String(from)}`);
    t.not(faultsOf(page, html.replace(from, to)).length, 0, `${name} without ${String(from)}`);
  }
});
