import test from "ava";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { receive } from "../core/interactions/receive.ts";
import { renderPage } from "../core/render/render-page.ts";
import { testBlog } from "../core/render/testing.ts";
import { mf2 } from "microformats-parser";

type Item = { readonly type: readonly string[]; readonly properties: Readonly<Record<string, readonly (string | Item)[]>> };

const folder = fileURLToPath(new URL(".", import.meta.url));
const themes = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "base")
  .map(({ name }) => name);

test("in every theme the replies are comments of the post, each with author, address, date, text and what it answers", async (t) => {
  const blog = await testBlog(t);
  const posts = [
    await blog.post({ content: "What bird is this?" }),
    await blog.post({ title: "Herons", content: "Words." }),
    await blog.post({ photos: [{ url: "https://kim.example/media/1.jpg", alt: "A heron" }] }),
  ];
  for (const post of posts) {
    const at = `https://lee.example/${post.id}`;
    const lee = { name: "Lee", url: "https://lee.example/", photo: "https://lee.example/face.jpg" };
    const said = { kind: "reply", postId: post.id, author: lee, html: "<p>A <b>heron</b>.</p>", via: "test" } as const;
    await receive(blog.scope, { ...said, source: at, publishedAt: "2026-04-30T12:00:00.000Z" });
    await receive(blog.scope, { ...said, source: `${at}/2`, parentSource: at, author: { name: "Ana" } });
    await receive(blog.scope, { ...said, source: `${at}/3`, kind: "mention" });
  }
  for (const theme of themes)
    for (const post of posts) {
      const scope = { ...blog.scope, blog: { ...blog.scope.blog, theme } };
      const page = await renderPage(scope, blog.themes, { path: post.path, query: new URLSearchParams() });
      const { items } = mf2(page.html ?? "", { baseUrl: scope.blog.url }) as unknown as { items: readonly Item[] };
      const entries = items.filter(({ type }) => type.includes("h-entry"));
      const [entry] = entries;
      const what = `${theme} ${post.title || post.kind}`;
      t.is(entries.length, 1, what);
      t.deepEqual(
        items.filter(({ type }) => type.includes("h-cite")),
        [],
        what,
      );
      t.deepEqual(entry!.properties.url, [post.url], what);
      const [first, second] = entry!.properties.comment as readonly Item[];
      t.deepEqual(first!.type, ["h-cite"], what);
      const author = (first!.properties.author as readonly Item[])[0]!;
      t.deepEqual([author.properties.name, author.properties.url], [["Lee"], ["https://lee.example/"]], what);
      t.deepEqual(first!.properties.url, [`https://lee.example/${post.id}`], what);
      t.is(Date.parse(String(first!.properties.published?.[0])), Date.parse("2026-04-30T12:00:00.000Z"), what);
      t.deepEqual(first!.properties.content, ["A heron."], what);
      t.deepEqual(first!.properties["in-reply-to"], [post.url], what);
      t.deepEqual(second!.properties["in-reply-to"], [`https://lee.example/${post.id}`], what);
      t.is(entry!.properties.mention?.length, 1, what);
    }
});
