import assert from "node:assert/strict";
import type { Said } from "../../../plugins/xmlrpc/call.testing.ts";
import type { Editor, Struct } from "./editor.ts";

const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const source = "A **bird** & a <b>tree</b>\n\n- one\n- two";

/** What editors do from the first moment to the last; each throws where an answer is not what they need. */
export const flows: readonly (readonly [string, (editor: Editor) => Promise<void>])[] = [
  ["MetaWeblog: from the address to a post that was written, changed and deleted", metaWeblog],
  ["Micro.blog's methods: from the address to a post that was written, changed and deleted", microblog],
  ["Micro.blog's methods: a page that was written, changed and deleted", pages],
  ["Blogger: what the app for the Mac asks of a blog with EditURI", blogger],
  ["a wrong password is a fault with the words that editors look for", wrongPassword],
  ["a method nobody knows is a fault, and the list of methods tells those there are", unknownMethod],
];

async function metaWeblog(editor: Editor): Promise<void> {
  const { link, blogId } = await editor.discover("MetaWeblog");
  const blogs = (await editor.call(link, "blogger.getUsersBlogs", [""])) as Struct[];
  assert.ok(
    blogs.some((blog) => blog.blogid === blogId && blog.xmlrpc === link),
    "the blog of RSD is among mine",
  );
  const categories = (await editor.call(link, "metaWeblog.getCategories", [blogId])) as Struct[];
  assert.ok(Array.isArray(categories));
  const file = (await editor.call(
    link,
    "metaWeblog.newMediaObject",
    [blogId],
    [{ name: "p.png", type: "image/png", bits: { base64: pixel } }],
  )) as Struct;
  assert.equal((await fetch(String(file.url))).headers.get("content-type"), "image/png");
  const description = `${source}\n\n<img src="${String(file.url)}" alt="A pixel">`;
  const id = await editor.call(
    link,
    "metaWeblog.newPost",
    [blogId],
    [{ title: "T", description, categories: ["New one"] }, true],
  );
  assert.match(String(id), /^[1-9]\d*$/);
  const [recent] = (await editor.call(link, "metaWeblog.getRecentPosts", [blogId], [1])) as Struct[];
  assert.deepEqual([recent!.postid, recent!.title, recent!.description, recent!.categories], [id, "T", description, ["New one"]]);
  const shown = await (await fetch(String(recent!.permaLink))).text();
  assert.match(shown, /<strong>bird<\/strong>/);
  const again = (await editor.call(link, "mt.getCategoryList", [blogId])) as Struct[];
  assert.ok(again.some(({ categoryName }) => categoryName === "New one"));
  const edited: Said = {
    ...(recent as unknown as Record<string, Said>),
    description: "Changed",
    dateCreated: { date: String(recent!.dateCreated) },
    date_created_gmt: { date: String(recent!.date_created_gmt) },
  };
  assert.equal(await editor.call(link, "metaWeblog.editPost", [String(id)], [edited, true]), true);
  const post = (await editor.call(link, "metaWeblog.getPost", [String(id)])) as Struct;
  assert.deepEqual([post.description, post.dateCreated, post.permaLink], ["Changed", recent!.dateCreated, recent!.permaLink]);
  assert.equal(await editor.call(link, "metaWeblog.deletePost", ["", String(id)], [true]), true);
  await assert.rejects(editor.call(link, "metaWeblog.getPost", [String(id)]), /404/);
  assert.equal((await fetch(String(recent!.permaLink))).status, 410);
}

async function microblog(editor: Editor): Promise<void> {
  const { link, blogId, preferred } = await editor.discover("Micro.blog");
  assert.equal(preferred, "true");
  const file = (await editor.call(
    link,
    "microblog.newMediaObject",
    [blogId],
    [{ name: "p.png", type: "image/png", bits: { base64: pixel } }],
  )) as Struct;
  assert.equal((await fetch(String(file.url))).status, 200);
  const struct = {
    title: "",
    description: source,
    date_created: { date: "20260401T12:00:00" },
    categories: [],
    post_status: "draft",
  };
  const id = String(await editor.call(link, "microblog.newPost", [blogId], [struct]));
  const draft = (await editor.call(link, "microblog.getPost", [id])) as Struct;
  assert.deepEqual([draft.description, draft.post_status, draft.title], [source, "draft", ""]);
  assert.equal(
    await editor.call(link, "microblog.editPost", [id], [{ description: `${source}!`, post_status: "published" }]),
    true,
  );
  const posts = (await editor.call(link, "microblog.getPosts", [blogId], [20, 0])) as Struct[];
  const found = posts.find((post) => post.id === id)!;
  assert.deepEqual([found.description, found.post_status], [`${source}!`, "published"]);
  assert.equal((found.author as Struct).username, "kim");
  assert.equal((await fetch(String(found.permalink))).status, 200);
  assert.ok(Array.isArray(await editor.call(link, "microblog.getCategories", [blogId])));
  assert.equal(await editor.call(link, "microblog.deletePost", [id]), true);
  await assert.rejects(editor.call(link, "microblog.getPost", [id]), /404/);
}

async function pages(editor: Editor): Promise<void> {
  const { link, blogId } = await editor.discover("Micro.blog");
  const id = String(
    await editor.call(link, "microblog.newPage", [blogId], [{ title: "About me", description: source, is_navigation: true }]),
  );
  const list = (await editor.call(link, "microblog.getPages", [blogId])) as Struct[];
  const page = list.find((one) => one.id === id)!;
  assert.deepEqual([page.title, page.description, page.is_navigation], ["About me", source, true]);
  assert.equal((await fetch(String(page.permalink))).status, 200);
  assert.equal(await editor.call(link, "microblog.editPage", [id], [{ title: "About", is_navigation: false }]), true);
  assert.deepEqual(((await editor.call(link, "microblog.getPage", [id])) as Struct).is_navigation, false);
  assert.equal(await editor.call(link, "microblog.deletePage", [id]), true);
  await assert.rejects(editor.call(link, "microblog.getPage", [id]), /404/);
}

async function blogger(editor: Editor): Promise<void> {
  const { link, blogId } = await editor.discover("Blogger");
  assert.match(blogId, /^\d+$/);
  const user = (await editor.call(link, "blogger.getUserInfo", [""])) as Struct;
  assert.deepEqual(Object.keys(user), ["userid", "nickname", "email", "url", "firstname", "lastname"]);
  assert.equal(user.nickname, "kim");
  const id = String(await editor.call(link, "blogger.newPost", ["", blogId], [source, true]));
  assert.equal(((await editor.call(link, "metaWeblog.getPost", [id])) as Struct).description, source);
  assert.equal(await editor.call(link, "blogger.deletePost", ["", id], [true]), true);
}

async function wrongPassword(editor: Editor): Promise<void> {
  const { link } = await editor.discover("MetaWeblog");
  await assert.rejects(editor.with("wrong password").call(link, "blogger.getUsersBlogs", [""]), /username or password/);
}

async function unknownMethod(editor: Editor): Promise<void> {
  const { link } = await editor.discover("MetaWeblog");
  await assert.rejects(editor.call(link, "wp.editComment", ["1"], [{}]), /-32601/);
  const methods = (await editor.call(link, "system.listMethods", [])) as string[];
  for (const name of ["metaWeblog.newPost", "microblog.getPages", "mt.publishPost"]) assert.ok(methods.includes(name), name);
}
