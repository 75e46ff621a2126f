import type { Page } from "playwright-core";
import { lookOf } from "../../../core/render/look.ts";
import { drawSample } from "../../../core/render/sample/draw-sample.ts";
import type { SampleBlog } from "../../../core/render/sample/sample-blog.ts";
import { samplePages } from "../../../core/render/sample/sample-pages.ts";
import { pagePolicy } from "../../../core/render/style/policy.ts";
import type { Asset, Theme } from "../../../core/render/themes/theme.ts";
import { bundledThemes, Themes } from "../../../core/render/themes/themes.ts";
import { blogOfInvention, type InventedBlog } from "./invented-blog.ts";
import { isScene, sceneSvg } from "./scenes.ts";

const themes = new Themes({ bundled: bundledThemes, installed: "" });

/** Opens the home page of an invented blog as a reader would get it; nothing listens, all answers come from here. */
export async function showInvention(page: Page, invented: InventedBlog): Promise<void> {
  const chain = themes.chain(invented.theme);
  const blog = withoutReplies(blogOfInvention(invented));
  const usual = samplePages(chain).find(({ name }) => name === "home")!;
  const list = { posts: blogOfInvention(invented).posts, number: 1, newer: null, older: null };
  const { html, errors } = drawSample({ name: "home", blog, content: { ...usual.content, list } }, chain);
  if (html === null || errors.length > 0)
    throw new Error(`${invented.theme} failed: ${errors.map(({ message }) => message).join("; ")}`);
  const { sheets, custom } = lookOf(blog.blog, chain);
  await page.route("**/*", async (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === "/")
      return route.fulfill({
        contentType: "text/html; charset=utf-8",
        body: html,
        headers: { "content-security-policy": pagePolicy },
      });
    const own = [...Object.values(sheets), custom].find(({ hash }) => path.includes(hash));
    const asset = own ?? fileOf(chain, path) ?? mediumOf(path);
    return asset ? route.fulfill({ contentType: asset.type, body: Buffer.from(asset.bytes) }) : route.fulfill({ status: 404 });
  });
  await page.goto(blog.blog.url, { waitUntil: "networkidle" });
  await page.evaluate(() => {
    // Room for a bar that a picture does not show would set the page off its middle.
    document.documentElement.style.scrollbarGutter = "auto";
    return document.fonts.ready.then(() => undefined);
  });
}

// The sample blog has sixty answers to its second post; nobody answered here.
function withoutReplies(blog: SampleBlog): SampleBlog {
  return { ...blog, posts: blog.posts.map((post) => ({ ...post, id: `${post.id}-again` })) };
}

function fileOf(chain: readonly Theme[], path: string): Asset | null {
  const match = /^\/assets\/([a-z][a-z0-9-]*)\/[0-9a-f]+\/(.+)$/.exec(path);
  return (match && chain.find(({ id }) => id === match[1])?.asset(match[2]!)) ?? null;
}

function mediumOf(path: string): Pick<Asset, "bytes" | "type"> | null {
  const [, scene = "", hue, width, height] = /^\/media\/([a-z]+)-(\d+)-(\d+)-(\d+)\.svg$/.exec(path) ?? [];
  if (!isScene(scene)) return null;
  return { bytes: Buffer.from(sceneSvg(scene, Number(hue), [Number(width), Number(height)])), type: "image/svg+xml" };
}
