import test from "ava";
import { mf2 } from "microformats-parser";
import { renderPostEmail } from "./render-page.ts";
import { testBlog, testFolder, themeJson, writeFiles } from "./testing.ts";

const parse = (html: string | undefined) => mf2(html ?? "", { baseUrl: "https://kim.example/" });

test("an empty blog has a home page with one h1, a main landmark and nothing in its list", async (t) => {
  const { get } = await testBlog(t);

  const page = await get("/");

  t.is(page.status, 200);
  t.deepEqual(page.fallbacks, []);
  t.true(page.isCacheable);
  t.is(page.html?.match(/<h1/g)?.length, 1);
  t.is(page.html?.match(/<main/g)?.length, 1);
  t.regex(page.html ?? "", /Nothing here yet\./);
});

test("a note has an address, a time, an author and a text for machines, and no name", async (t) => {
  const { post, get } = await testBlog(t);
  const note = await post({ content: "A *heron* at the pond", categories: ["Night walks"] });

  const { items } = parse((await get(note.path)).html);

  const entry = items.find((item) => item.type?.includes("h-entry"));
  t.deepEqual(entry?.properties.url, [note.url]);
  t.deepEqual(entry?.properties.published, [note.publishedAt!]);
  t.deepEqual(entry?.properties.category, ["Night walks"]);
  t.is(entry?.properties.name, undefined);
  t.like(entry?.properties.author?.[0] as object, { type: ["h-card"], value: "Kim" });
  t.like(entry?.properties.content?.[0] as object, { value: "A heron at the pond", html: "<p>A <em>heron</em> at the pond</p>" });
});

test("photos are u-photo with their description, measures and no layout jump", async (t) => {
  const { post, get } = await testBlog(t);
  const photo = { url: "https://kim.example/media/1.jpg", alt: 'A "heron"', width: 800, height: 600 };
  const made = await post({ photos: [photo, { url: "javascript:alert(1)", alt: "" }, { url: "/media/2.jpg", alt: "" }] });

  const page = await get(made.path);

  const entry = parse(page.html).items.find((item) => item.type?.includes("h-entry"));
  t.deepEqual(entry?.properties.photo, [{ value: photo.url, alt: photo.alt }, "https://kim.example/media/2.jpg"]);
  t.regex(page.html ?? "", /width="800" height="600" loading="lazy"/);
  t.false(page.html?.includes("javascript:"));
});

test("the home page is an h-feed of entries, named only where a title is, with a representative card", async (t) => {
  const { post, get, setNow } = await testBlog(t);
  await post({ content: "First" });
  setNow("2026-05-01T13:00:00.000Z");
  await post({ title: "On herons", content: "Second" });

  const page = await get("/");

  const { items } = parse(page.html);
  const feed = items.find((item) => item.type?.includes("h-feed"));
  t.deepEqual(
    feed?.children?.map((entry) => entry.properties.name),
    [["On herons"], undefined],
  );
  const card = items.find((item) => item.type?.includes("h-card"));
  t.deepEqual([card?.properties.uid, card?.properties.url?.[0]], [["https://kim.example/"], "https://kim.example/"]);
  t.deepEqual([card?.properties.name, card?.properties.note], [["Kim"], ["Walks & birds"]]);
});

test("untitled notes of one day share one date line", async (t) => {
  const { post, get, setNow } = await testBlog(t);
  for (const moment of ["2026-05-01T08:00:00.000Z", "2026-05-01T09:00:00.000Z", "2026-05-02T09:00:00.000Z"]) {
    setNow(moment);
    await post({ content: `Note of ${moment}` });
  }

  const page = await get("/");

  t.deepEqual(
    page.html?.match(/<p class="day">.*?<\/p>/g)?.map((line) => line.replace(/<[^>]+>/g, "")),
    ["May 2, 2026", "May 1, 2026"],
  );
});

test("replies and bookmarks say what they are about", async (t) => {
  const { post, get } = await testBlog(t);
  const reply = await post({ content: "Yes!", properties: { "in-reply-to": ["https://lee.example/1"] } });
  const cite = { type: ["h-cite"], properties: { url: ["https://ana.example/x"], name: ["Ana's <list>"] } };
  const bookmark = await post({ properties: { "bookmark-of": [cite] } });

  const [one, two] = [parse((await get(reply.path)).html), await get(bookmark.path)];

  t.deepEqual(one.items.find((item) => item.type?.includes("h-entry"))?.properties["in-reply-to"], ["https://lee.example/1"]);
  t.regex(two.html ?? "", /<a class="u-bookmark-of" href="https:\/\/ana\.example\/x">Ana&#39;s &lt;list&gt;<\/a>/);
});

test("what people write cannot become markup", async (t) => {
  const evil = `"><script>alert(1)</script><b onclick='x'>{{ 7*7 }}`;
  const { post, get } = await testBlog(t, { blog: { title: evil, description: evil } });
  const made = await post({ title: evil, content: "x", categories: [evil], summary: evil });

  for (const address of ["/", made.path, "/archive", "/categories/scriptalert1script-b-onclickx-77", "/nowhere"]) {
    const { html = "" } = await get(address);
    t.false(/<script|<b onclick|>49/.test(html), address);
  }
});

test("lists go on by place, back to the top, and each page has one address", async (t) => {
  const { post, get, setNow } = await testBlog(t, { blog: { settings: { design: { postsPerPage: 2 } } } });
  for (let day = 1; day <= 5; day++) {
    setNow(`2026-05-0${day}T12:00:00.000Z`);
    await post({ content: `Note number ${day}` });
  }
  const notes = (html = "") => [...html.matchAll(/Note number (\d)/g)].map((match) => match[1]).join("");
  const link = (html = "", rel = "") => new RegExp(`<a rel="${rel}" href="([^"]+)"`).exec(html)?.[1]?.replaceAll("&amp;", "&");

  const first = await get("/?utm_source=x");
  const second = await get(link(first.html, "next")!);
  const third = await get(link(second.html, "next")!);
  const back = await get(link(third.html, "prev")!);

  t.deepEqual(
    [first, second, third, back].map(({ html }) => notes(html)),
    ["54", "32", "1", "32"],
  );
  t.is(link(first.html, "prev"), undefined);
  t.is(link(third.html, "next"), undefined);
  t.is(link(second.html, "prev"), "https://kim.example/");
  t.regex(second.html ?? "", /Page 2 of 3/);
  t.regex(first.html ?? "", /<link rel="canonical" href="https:\/\/kim\.example\/">/);
  t.is((await get("/?after=01JD7QK3ZB9V4S5T6W7X8Y9Z0A")).status, 404);
});

test("categories, months and the archive list what they should", async (t) => {
  const { post, get, setNow } = await testBlog(t);
  setNow("2025-12-31T12:00:00.000Z");
  await post({ content: "Old owls", categories: ["Owls"] });
  setNow("2026-05-01T12:00:00.000Z");
  await post({ content: "New herons" });

  const [category, year, month, archive] = await Promise.all(
    ["/categories/owls", "/2025", "/2026/05", "/archive"].map((path) => get(path)),
  );

  t.true(category?.html?.includes("Old owls") && !category.html.includes("New herons"));
  t.true(year?.html?.includes("Old owls") && !year.html.includes("New herons"));
  t.true(month?.html?.includes("New herons") && !month.html.includes("Old owls"));
  t.regex(month?.html ?? "", /<h1>May 2026<\/h1>/);
  t.regex(archive?.html ?? "", /<a href="https:\/\/kim\.example\/2025\/12">December 2025<\/a>/);
  t.deepEqual(
    (await Promise.all(["/2024", "/2026/04", "/categories/none"].map((path) => get(path)))).map((page) => page.status),
    [404, 404, 404],
  );
});

test("drafts, private posts and trash are nowhere; an unlisted post is at its address only and asks not to be indexed", async (t) => {
  const { post, get } = await testBlog(t);
  const hidden = await post({ content: "Secret plan", visibility: "private" });
  await post({ content: "Secret draft", status: "draft", slug: "draft" });
  const unlisted = await post({ content: "Quiet words", visibility: "unlisted" });

  t.is((await get(hidden.path)).status, 404);
  const page = await get(unlisted.path);
  t.is(page.status, 200);
  t.regex(page.html ?? "", /<meta name="robots" content="noindex">/);
  for (const address of ["/", "/archive", "/2026", "/2026/05"]) t.notRegex((await get(address)).html ?? "", /Secret|Quiet/);
});

test("pages stand in the menu, and the one that is open says so", async (t) => {
  const { post, get } = await testBlog(t);
  const about = await post({ kind: "page", title: "About me", content: "Hello" });

  const page = await get(`${about.path}/`);

  t.is(page.status, 200);
  t.regex(page.html ?? "", /<a href="https:\/\/kim\.example\/about-me" aria-current="page">About me<\/a>/);
  t.is(page.html?.match(/<h1/g)?.length, 1);
});

test("a post that moved leads on, and a missing page is asked of plugins first", async (t) => {
  const asked: string[] = [];
  const first = async (_scope: unknown, name: string, value: unknown) => {
    if (name !== "request.missing") return undefined;
    asked.push((value as { path: string }).path);
    return (value as { path: string }).path === "/old-feed" ? { redirect: "/feed.xml", status: 301 } : undefined;
  };
  const { post, get } = await testBlog(t, { taps: { first: first as never } });
  const made = await post({ title: "One", content: "x" });
  await post({ id: made.id, slug: "two" });

  const moved = await get(made.path);
  t.deepEqual([moved.status, moved.redirect], [301, "/2026/05/01/two"]);
  t.like(await get("/old-feed"), { status: 301, redirect: "/feed.xml" });
  const nothing = await get("/nothing");
  t.is(nothing.status, 404);
  t.false(nothing.isCacheable);
  t.deepEqual(asked, ["/old-feed", "/nothing"]);
});

test("pages say their language and direction, and run nothing from elsewhere", async (t) => {
  const { post, get } = await testBlog(t, { blog: { language: "he" } });
  await post({ content: "שלום עולם" });

  const page = await get("/");

  t.regex(page.html ?? "", /<html lang="he" dir="rtl">/);
  t.is(page.headers["content-language"], "he");
  t.regex(page.headers["content-security-policy"] ?? "", /default-src 'none'; script-src 'self'; style-src 'self'/);
  t.false(page.html?.includes("<script"));
});

test("the conversation stands under the post, answers under what they answer", async (t) => {
  const { post, get, storage } = await testBlog(t);
  const made = await post({ content: "What bird is this?" });
  const row = (id: string, parent: string | null, state: string, at: string) =>
    `INSERT INTO interactions (id, blog_id, post_id, parent_id, kind, state, via, author_name, author_url, author_photo, source_url, source_hash, html, properties, published_at, received_at, updated_at)
     VALUES ('${id}', '${made.blogId}', '${made.id}', ${parent ? `'${parent}'` : "NULL"}, 'reply', '${state}', 'webmention', 'Lee ${id}', 'https://lee.example/', '', 'https://lee.example/${id}', '${id}', '<p>Reply ${id}</p>', '{}', '${at}', '${at}', '${at}')`;
  await storage.write(async (db) => {
    await db.run(row("A", null, "visible", "2026-05-01T12:01:00.000Z"));
    await db.run(row("B", null, "visible", "2026-05-01T12:02:00.000Z"));
    await db.run(row("C", "A", "visible", "2026-05-01T12:03:00.000Z"));
    await db.run(row("D", null, "held", "2026-05-01T12:04:00.000Z"));
    // Pages can answer each other in a circle.
    await db.run(row("E", "F", "visible", "2026-05-01T12:05:00.000Z"));
    await db.run(row("F", "E", "visible", "2026-05-01T12:06:00.000Z"));
  });

  const { html = "" } = await get(made.path);

  t.deepEqual(
    [...html.matchAll(/depth-(\d).*?Reply (\w)/gs)].map((match) => `${match[2]}${match[1]}`),
    ["A0", "C1", "B0", "E0", "F1"],
  );
  t.is(parse(html).items[0]?.type?.[0], "h-entry");
  t.regex((await get("/")).html ?? "", /5 replies/);
});

test("a post becomes a letter by the theme's template, and by base's when that fails", async (t) => {
  const installed = testFolder(t, {
    "nest/theme.json": themeJson("nest"),
    "nest/templates/email/post.njk": "Letter: {{ post.title }}",
    "sick/theme.json": themeJson("sick"),
    "sick/templates/email/post.njk": "{{ nothing() }}",
  });
  const blog = await testBlog(t, { installed });
  const post = await blog.post({ title: "Herons <3", content: "Hello" });
  const letter = (theme: string) => renderPostEmail({ ...blog.scope, blog: { ...blog.scope.blog, theme } }, blog.themes, post);

  t.is(await letter("nest"), "Letter: Herons &lt;3");
  for (const theme of ["sick", "perch"])
    t.regex((await letter(theme)) ?? "", /<h1><a href="https:\/\/kim\.example\/[^"]+">Herons &lt;3<\/a>/);
  t.deepEqual(
    blog.notices.map(({ template }) => template),
    ["sick/email/post.njk"],
  );
});

test("authors and kinds have lists of their own, and give way to a page at their address", async (t) => {
  const blog = await testBlog(t);
  await blog.post({ photos: [{ url: "https://kim.example/media/1.jpg", alt: "A heron" }] });
  await blog.post({ title: "Essay", content: "Words" });

  const photos = await blog.get("/photos");
  t.is(photos.status, 200);
  t.regex(photos.html ?? "", /<h1[^>]*>Photos<\/h1>/);
  t.notRegex(photos.html ?? "", /Essay/);
  t.is((await blog.get("/replies")).status, 404);
  const kim = await blog.get("/authors/kim");
  t.regex(kim.html ?? "", /<h1[^>]*>Kim<\/h1>/);
  t.regex(kim.html ?? "", /Essay/);
  t.is((await blog.get("/authors/lee")).status, 404);
  await blog.post({ kind: "page", title: "Photos", content: "My own page" });
  t.regex((await blog.get("/photos")).html ?? "", /My own page/);
});

test("categories are counted for themes that show it, at the first drawing too", async (t) => {
  const installed = testFolder(t, {
    "nest/theme.json": themeJson("nest"),
    "nest/templates/index.njk": "{% for category in blog.categories %}{{ category.slug }} {{ category.count }}; {% endfor %}",
  });
  const blog = await testBlog(t, { installed, blog: { theme: "nest" } });
  await blog.post({ content: "One", categories: ["Birds", "Garden"] });
  await blog.post({ content: "Two", categories: ["Birds"] });

  t.is((await blog.get("/")).html, "birds 2; garden 1; ");
  await blog.post({ content: "Three", categories: ["Garden"] });
  t.is((await blog.get("/")).html, "birds 2; garden 2; ");
});

test("what latest() shows is there at the first page, is read beforehand for the next, and never stale", async (t) => {
  const installed = testFolder(t, {
    "nest/theme.json": themeJson("nest"),
    "nest/templates/index.njk": "{% for post in latest(1) %}{{ post.title }}{% endfor %} {{ t('drawn') }}",
  });
  const blog = await testBlog(t, { installed, blog: { theme: "nest" } });
  await blog.post({ title: "One", content: "x" });
  t.is((await blog.get("/")).html, "One drawn");
  t.is(blog.themes.expectedPosts.of(blog.themes.chain("nest"), " home index")?.size, 1);
  await blog.post({ title: "Two", content: "x" });
  t.is((await blog.get("/")).html, "Two drawn");
  writeFiles(installed, { "nest/templates/index.njk": "Nothing" });
  blog.pass(2000);
  t.is((await blog.get("/")).html, "Nothing");
  t.is(blog.themes.expectedPosts.of(blog.themes.chain("nest"), " home index"), undefined);
});
