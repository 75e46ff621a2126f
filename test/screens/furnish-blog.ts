import sharp from "sharp";
import { rulesFor } from "../../admin/screens/redirects/rules.ts";
import { addDomain } from "../../core/blogs/hosts.ts";
import { blogOf, type Scope } from "../../core/hooks/scope.ts";
import type { Draft, Post } from "../../core/hooks/values.ts";
import type { House } from "../../core/house.ts";
import { block } from "../../core/interactions/blocks.ts";
import { decide } from "../../core/interactions/decide.ts";
import { receive } from "../../core/interactions/receive.ts";
import { storeMedia } from "../../core/media/library.ts";
import { filterFrom } from "../../core/posts/filters/category-filter.ts";
import { addCategory } from "../../core/posts/filters/change-categories.ts";
import { keepFilter } from "../../core/posts/filters/stored-filters.ts";
import { publish } from "../../core/posts/publish.ts";
import { keepRedirects } from "../../core/posts/redirects/own-redirects.ts";
import { checkedRedirect } from "../../core/posts/redirects/redirect-target.ts";
import { trash } from "../../core/posts/remove.ts";
import { mp3 } from "../../core/media/sound.testing.ts";

async function post(scope: Scope, draft: Draft): Promise<Post> {
  const outcome = await publish(scope, draft);
  if (!outcome.ok) throw new Error(outcome.refusal.refuse);
  return outcome.post;
}

/** Gives a blog posts in every state, files, a page, a category with a filter, a domain that waits and a redirect; gives their ids. */
export async function furnishBlog(house: House, scope: Scope) {
  const blog = blogOf(scope);
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#4a7" } })
    .jpeg()
    .toBuffer();
  const file = await storeMedia(scope, house.media, { bytes, name: "heron.jpg" });
  const sound = mp3(1);
  await storeMedia(scope, house.media, { bytes: sound, name: "reeds.mp3" });
  const photo = { url: file.url, alt: "Heron" };
  const published = await post(scope, { content: "Herons at dawn.", categories: ["Birds", "Walks"], photos: [photo] });
  await post(scope, { id: published.id, version: published.version, content: "Herons at dusk." });
  await post(scope, { title: "Boats", content: "Boats ".repeat(90) });
  const draft = await post(scope, { content: "Reeds.", status: "draft" });
  await post(scope, { content: "Spring.", publishedAt: "2099-03-29T12:00:00.000Z" });
  const lee = { name: "Lee", url: "https://lee.example/" };
  const said = { postId: published.id, author: lee, html: "<p>Herons at dawn.</p>", via: "kitchen" };
  const reply = await receive(scope, { ...said, kind: "reply", source: "https://lee.example/1" });
  await receive(scope, { ...said, kind: "mention", source: "https://lee.example/2", properties: { rsvp: "yes" } });
  await receive(scope, { ...said, kind: "like", source: "https://lee.example/3", html: "" });
  await decide(scope, reply!.id, "held");
  await block(scope, { kind: "host", value: "boats.example", label: "boats.example" });
  const page = await post(scope, { kind: "page", title: "About", content: "About Kim." });
  const bookmark = await post(scope, { title: "Reeds", properties: { "bookmark-of": "https://lee.example/reeds" } });
  const gone = await post(scope, { content: "Rain." });
  await trash(scope, gone.id);
  const redirect = checkedRedirect(blog, { from: "/old", to: "/about", status: "" }, await rulesFor({ scope, blog }));
  const [domain, category, birds] = await house.storage.write(async (db) => {
    const { host } = await addDomain(db, blog.id, "kim.example", { hub: house.site, now: scope.clock.now() });
    const added = await addCategory(scope, db, { name: "Reeds", description: "Reeds" });
    await keepFilter(scope, db, added.id, filterFrom("all", [{ is: "text", value: "reeds" }]));
    await keepRedirects(scope, db, [redirect]);
    const [birds] = await db.query("SELECT id FROM categories WHERE blog_id = ? AND name = 'Birds'", [blog.id]);
    return [host, added.id, String(birds!.id)] as const;
  });
  return {
    file: file.id,
    post: published.id,
    draft: draft.id,
    page: page.id,
    bookmark: bookmark.id,
    gone: gone.id,
    domain,
    category,
    birds,
  };
}
