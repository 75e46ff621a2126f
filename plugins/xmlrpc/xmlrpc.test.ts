import test, { type ExecutionContext } from "ava";
import { parseXml } from "rookery/plugin";
import { createTestHost, pluginContract } from "rookery/testing";
import { answerOf, callXml, type Heard, type Said } from "./call.testing.ts";
import xmlrpc from "./plugin.ts";
import { Fault } from "./wire/fault.ts";
import { readCall } from "./wire/read-call.ts";
import { RpcBytes, RpcDate } from "./wire/value.ts";
import { dateIn, momentOf } from "./wire/dates.ts";

pluginContract(test, import.meta.dirname);

const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const everything = ["create", "update", "delete", "media", "read"];
type Struct = Record<string, Heard>;

async function open(
  t: ExecutionContext,
  blogs: { host: string; timeZone?: string; owner?: string }[] = [{ host: "kim.example" }],
) {
  const host = await createTestHost(t, { plugins: [{ plugin: xmlrpc, folder: import.meta.dirname }], blogs });
  const token = await host.token({ scopes: everything, blog: null });
  const send = (body: string, more: { host?: string; type?: string } = {}) =>
    host.request({
      method: "POST",
      path: "/xmlrpc",
      body,
      headers: { "content-type": more.type ?? "text/xml" },
      ...(more.host && { host: more.host }),
    });
  const call = async (method: string, ...params: Said[]) => answerOf((await send(callXml(method, ...params))).text);
  /** With the login in the place where most methods have it. */
  const as = (method: string, first: string, ...rest: Said[]) => call(method, first, "kim", token, ...rest);
  return { host, token, send, call, as };
}

test("calls are read with every type and every habit of editors", (t) => {
  const value = (inside: string) =>
    readCall(
      Buffer.from(
        `<methodCall><methodName> a.b </methodName><params><param><value>${inside}</value></param></params></methodCall>`,
      ),
    ).params[0];
  t.is(value("untyped &amp; <![CDATA[<b>]]>"), "untyped & <b>");
  t.is(value("<string>\n  a </string>"), "\n  a ");
  t.is(value("<int> -7 </int>"), -7);
  t.is(value("<i8>9007199254740</i8>"), 9007199254740);
  t.is(value("<double>1.5</double>"), 1.5);
  t.deepEqual(
    ["true", "1", "FALSE", "0"].map((word) => value(`<boolean>${word}</boolean>`)),
    [true, true, false, false],
  );
  t.is((value("<dateTime.iso8601>20260501T12:00:00</dateTime.iso8601>") as RpcDate).text, "20260501T12:00:00");
  t.is(Buffer.from((value("<base64> aGVs\nbG8= </base64>") as RpcBytes).read()!).toString(), "hello");
  t.is((value("<base64>a-b</base64>") as RpcBytes).read(), null);
  t.is(value("<nil/>"), null);
  t.deepEqual(value("<array><data><value>a</value><value><int>1</int></value></data></array>"), ["a", 1]);
  t.deepEqual(
    { ...(value("<struct><member><name>__proto__</name><value>x</value></member></struct>") as object) },
    { ["__proto__"]: "x" },
  );
  const wrong = [
    "<int>1.5</int>",
    "<int>x</int>",
    "<boolean>yes</boolean>",
    "<object/>",
    "<struct><member><value>x</value></member></struct>",
  ];
  for (const inside of wrong) t.throws(() => value(inside), { instanceOf: Fault }, inside);
});

test("dates without a zone are in the blog's, also where clocks jump; what is none is refused", (t) => {
  const at = (text: string) => momentOf(new RpcDate(text), "Europe/Berlin");
  t.is(at("20260501T12:00:00"), "2026-05-01T10:00:00.000Z");
  t.is(at("20260501T12:00:00Z"), "2026-05-01T12:00:00.000Z");
  t.is(at("2026-05-01T12:00:00+0530"), "2026-05-01T06:30:00.000Z");
  t.is(at("20260329T02:30:00"), "2026-03-29T01:30:00.000Z");
  t.is(dateIn("2026-05-01T10:00:00.000Z", "Europe/Berlin").text, "20260501T12:00:00");
  for (const text of ["yesterday", "20261301T00:00:00", "20260230T00:00:00", "20260501T99:00:00"])
    t.throws(() => at(text), { instanceOf: Fault }, text);
});

test("a document that is a bomb, too deep or too long is a fault; what is no XML is 4xx", async (t) => {
  const { send, token } = await open(t);
  const bomb =
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><methodCall><methodName>&c;</methodName></methodCall>';
  const outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><methodCall><methodName>&x;</methodName></methodCall>';
  const deep = callXml("x", "a").replace("<value>", `<value>${"<array><data><value>".repeat(200)}`);
  for (const body of [
    bomb,
    outside,
    deep,
    "<methodCall>",
    "<a/>",
    "words",
    callXml("metaWeblog.newPost", "", "kim", token, { title: "x".repeat(2_100_000) }),
    // A few bytes each, and yet seconds of work for whoever reads them all.
    `<methodCall><methodName>system.listMethods</methodName><params>${"<param><value>1</value></param>".repeat(10_000)}</params></methodCall>`,
  ]) {
    const { status, text } = await send(body);
    t.is(status, 200);
    t.throws(() => answerOf(text), { message: /^-32700: / }, body.slice(0, 100));
    t.notRegex(text, /root:/);
  }
  t.is((await send("{}", { type: "application/json" })).status, 415);
  t.is((await send("", {})).status, 400);
});

test("only a name and a token that belong together come in, and the fault says so in the words editors look for", async (t) => {
  const { host, call, send, token } = await open(t);
  const lees = await host.token({ scopes: everything, blog: null, account: await host.person("lee") });
  for (const [name, password] of [
    ["kim", "wrong"],
    ["kim", ""],
    ["kim", lees],
    ["lee", token],
    ["", token],
  ] as const)
    await t.throwsAsync(call("blogger.getUsersBlogs", "", name, password), { message: /^403: .*username or password/ });
  const { text } = await send(callXml("blogger.getUsersBlogs", "", "kim", "wrong"));
  t.true(text.indexOf("faultCode") < text.indexOf("faultString"));
  for (const name of ["kim", "@Kim", "kim.example"])
    t.is(((await call("blogger.getUsersBlogs", "", name, token)) as Struct[]).length, 1);
  await t.throwsAsync(call("metaWeblog.getRecentPosts", "", "lee", lees, 5), { message: /^40[34]: .*no such blog/ });
  const reader = await host.token({ scopes: ["read"] });
  await t.throwsAsync(call("metaWeblog.newPost", "", "kim", reader, { title: "x" }, true), { message: /^403: / });
});

test("RSD leads to the blog, every page to RSD; without the plugin neither is there", async (t) => {
  const { host, as } = await open(t);
  const page = (await host.get("/")).text;
  const link = /<link[^>]*rel="EditURI"[^>]*>/.exec(page)![0];
  t.true(link.includes('type="application/rsd+xml"') && link.includes(`${host.blog.url}rsd.xml`));
  const rsd = await host.get("/rsd.xml");
  t.regex(rsd.headers["content-type"]!, /^application\/rsd\+xml/);
  const apis = parseXml(rsd.text).children[0]!.children.find(({ name }) => name === "apis")!.children;
  t.deepEqual(
    apis.map(({ attributes }) => [attributes.name, attributes.preferred]),
    [
      ["Micro.blog", "true"],
      ["MetaWeblog", "false"],
      ["MovableType", "false"],
      ["Blogger", "false"],
    ],
  );
  const [blog] = (await as("blogger.getUsersBlogs", "")) as Struct[];
  t.is(apis[3]!.attributes.blogID, blog!.blogid as string);
  t.regex(String(blog!.blogid), /^\d+$/);
  t.is(apis[1]!.attributes.apiLink, `${host.blog.url}xmlrpc`);
  t.like(await as("blogger.getUserInfo", ""), { nickname: "kim", email: "", url: host.blog.url });

  await host.house.host.disable("xmlrpc");
  t.notRegex((await host.get("/")).text, /EditURI/);
  t.is((await host.get("/rsd.xml")).status, 404);
});

test("MetaWeblog: what was written comes back word for word; left-out members stay as they are", async (t) => {
  const { host, as, call, token } = await open(t, [{ host: "kim.example", timeZone: "Europe/Berlin" }]);
  const description = "# Héading & <b>bold</b>\r\n\r\n* a\n* b ]]> &amp;amp; 🐦\n\n    code\n";
  const id = (await as(
    "metaWeblog.newPost",
    "",
    {
      title: "One & two",
      description,
      categories: ["Birds", "Größe"],
      mt_excerpt: "Short",
      mt_keywords: "a, b",
      dateCreated: { date: "20260401T12:00:00" },
    },
    true,
  )) as string;
  t.regex(id, /^\d+$/);
  const post = (await as("metaWeblog.getPost", id)) as Struct;
  t.like(post, {
    postid: id,
    title: "One & two",
    description,
    categories: ["Birds", "Größe"],
    mt_excerpt: "Short",
    mt_keywords: "a, b",
    dateCreated: "20260401T12:00:00",
    date_created_gmt: "20260401T10:00:00",
    post_status: "publish",
  });
  t.is((await host.get(new URL(String(post.link)).pathname)).status, 200);

  const before = await host.house.storage.query("SELECT published_at FROM posts");
  t.true(await as("metaWeblog.editPost", id, { title: "Changed", dateCreated: { date: "20260401T12:00:00" } }));
  t.like(await as("metaWeblog.getPost", id), {
    title: "Changed",
    description,
    categories: ["Birds", "Größe"],
    mt_keywords: "a, b",
  });
  t.deepEqual(await host.house.storage.query("SELECT published_at FROM posts"), before);

  t.true(await as("metaWeblog.editPost", id, { post_status: "private" }, true));
  t.is((await host.get(new URL(String(post.link)).pathname)).status, 404);
  t.true(await as("metaWeblog.editPost", id, { post_status: "publish" }, true));
  t.is((await host.get(new URL(String(post.link)).pathname)).status, 200);

  t.true(await call("metaWeblog.deletePost", "", id, "kim", token, true));
  for (const again of [
    as("metaWeblog.getPost", id),
    call("blogger.deletePost", "", id, "kim", token),
    as("metaWeblog.getPost", "999999"),
  ])
    await t.throwsAsync(again, { message: /^404: There is no such post/ });
});

test("drafts, dates to come and other words for a state; recent posts mix them, by date and by count", async (t) => {
  const { as } = await open(t);
  const make = (struct: Record<string, Said>, ...publish: Said[]) => as("metaWeblog.newPost", "", struct, ...publish);
  await make({ title: "Old", dateCreated: { date: "20260101T00:00:00Z" } }, true);
  await make({ title: "Draft" }, false);
  await make({ title: "Later", date_created_gmt: { date: "20270101T00:00:00" } }, true);
  await make({ title: "Said", post_status: "draft" }, true);
  await make({ title: "New" });
  const recent = async (...more: Said[]) =>
    ((await as("metaWeblog.getRecentPosts", "", ...more)) as Struct[]).map(({ title, post_status }) => `${title} ${post_status}`);
  const all = await recent(10);
  t.is(all[0], "Later future");
  t.is(all.at(-1), "Old publish");
  t.deepEqual(all.slice(1, 4).toSorted(), ["Draft draft", "New publish", "Said draft"]);
  t.is((await recent(2)).length, 2);
  const paged: string[] = [];
  for (let offset = 0; offset < 6; offset += 2)
    paged.push(...((await as("microblog.getPosts", "", 2, offset)) as Struct[]).map(({ title }) => String(title)));
  t.deepEqual(
    paged,
    all.map((one) => one.split(" ")[0]!),
  );
  await t.throwsAsync(make({ title: "x", post_status: "sticky" }), { message: /^-32602: .*sticky/ });
  await t.throwsAsync(make({ title: "x", dateCreated: "soon" }), { message: /^-32602: .*date/ });
  await t.throwsAsync(as("metaWeblog.newPost", "", "words"), { message: /^-32602: Parameter 4 must be a struct/ });
  await t.throwsAsync(as("metaWeblog.newPost", ""), { message: /^-32602: / });
});

test("Movable Type: categories by number; Blogger: a title in front; other methods say what to use", async (t) => {
  const { as, call, token } = await open(t);
  const id = (await call("blogger.newPost", "", "", "kim", token, "<title>Seen</title>A *bird*", false)) as string;
  t.like(await as("metaWeblog.getPost", id), { title: "Seen", description: "A *bird*", post_status: "draft" });
  t.is(typeof (await as("wp.newCategory", "", { name: "Birds", slug: "" })), "number");
  await as("wp.newCategory", "", { name: "Trees" });
  const list = (await as("mt.getCategoryList", "")) as Struct[];
  t.deepEqual(
    list.map(({ categoryName }) => categoryName),
    ["Birds", "Trees"],
  );
  t.true(await as("mt.setPostCategories", id, [{ categoryId: String(list[1]!.categoryId), isPrimary: true }]));
  t.deepEqual(await as("mt.getPostCategories", id), [
    { categoryId: list[1]!.categoryId!, categoryName: "Trees", isPrimary: true },
  ]);
  t.true(await as("mt.publishPost", id));
  t.like(await as("metaWeblog.getPost", id), { post_status: "publish", categories: ["Trees"] });
  t.like(((await as("mt.getRecentPostTitles", "", 5)) as Struct[])[0], { postid: id, title: "Seen" });
  t.like(((await as("metaWeblog.getCategories", "")) as Struct[])[0], {
    categoryName: "Birds",
    categoryId: list[0]!.categoryId!,
  });
  const names = (await call("system.listMethods")) as string[];
  t.true(names.includes("microblog.newPage") && names.includes("system.listMethods"));
  t.deepEqual(await call("mt.supportedMethods"), names);
  await t.throwsAsync(call("wp.editPost", 1, "kim", token, { post_title: "x" }), { message: /^-32601: .*MetaWeblog/ });
  await t.throwsAsync(call("system.multicall", []), { message: /^-32601: / });
  await t.throwsAsync(call("toString"), { message: /^-32601: / });
});

test("microblog.*: posts and pages, with who wrote them, and no page among posts", async (t) => {
  const { host, as } = await open(t);
  const post = (await as("microblog.newPost", "", {
    title: "",
    description: "Hello",
    categories: ["Birds"],
    post_status: "draft",
  })) as string;
  t.like(await as("microblog.getPost", post), {
    id: post,
    title: "",
    description: "Hello",
    post_status: "draft",
    author: { name: "Kim", username: "kim" },
  });
  t.true(await as("microblog.editPost", post, { post_status: "published" }));
  const page = (await as("microblog.newPage", "", { title: "About", description: "*Me*", is_navigation: false })) as string;
  t.like(await as("microblog.getPage", page), {
    id: page,
    title: "About",
    is_navigation: false,
    is_template: false,
    is_redirect: false,
  });
  t.true(await as("microblog.editPage", page, { is_navigation: true }));
  t.like(((await as("microblog.getPages", "")) as Struct[])[0], { id: page, is_navigation: true, description: "*Me*" });
  t.deepEqual(
    ((await as("microblog.getPosts", "", 10, 0)) as Struct[]).map(({ id }) => id),
    [post],
  );
  t.like(((await as("microblog.getCategories", "")) as Struct[])[0], { name: "Birds" });
  await t.throwsAsync(as("microblog.getPost", page), { message: /^404: There is no such post/ });
  await t.throwsAsync(as("microblog.deletePage", post), { message: /^404: There is no such page/ });
  t.is((await host.get("/about")).status, 200);
  t.true(await as("microblog.deletePage", page));
  t.true(await as("microblog.deletePost", post));
  t.deepEqual(await as("microblog.getPages", ""), []);
});

test("files are kept by what they are; what is none, too large or the wrong type is a fault", async (t) => {
  const { host, as } = await open(t);
  const kept = (await as("metaWeblog.newMediaObject", "", {
    name: "../a/pixel.png",
    type: "text/html",
    bits: { base64: pixel },
  })) as Struct;
  t.like(kept, { file: "pixel.png", type: "image/png" });
  const file = await host.get(new URL(String(kept.url)).pathname);
  t.is(file.status, 200);
  const bad: Said[] = [
    { name: "x.html", bits: { base64: Buffer.from("<script>1</script>").toString("base64") } },
    { name: "x", bits: { base64: "§" } },
    { name: "x", bits: "text" },
    { name: "x" },
  ];
  for (const struct of bad) await t.throwsAsync(as("microblog.newMediaObject", "", struct), { message: /^-?\d+: / });
  const large = callXml("metaWeblog.newMediaObject", "", "kim", "x", { name: "x", bits: { base64: "A".repeat(31_000_000) } });
  t.is(
    (
      await host
        .request({ method: "POST", path: "/xmlrpc", body: large, headers: { "content-type": "text/xml" } })
        .catch(() => ({ status: 413 }))
    ).status,
    413,
  );
});

test("two blogs: by number, by address, by where the endpoint stands; never somebody else's", async (t) => {
  const { host, call, as, send, token } = await open(t, [
    { host: "kim.example" },
    { host: "two.example" },
    { host: "lee.example", owner: "lee" },
  ]);
  const blogs = (await as("blogger.getUsersBlogs", "")) as Struct[];
  t.deepEqual(
    blogs.map(({ url }) => new URL(String(url)).hostname),
    ["kim.example", "two.example"],
  );
  const two = String(blogs[1]!.blogid);
  // Other plugins may have numbered it first, and then the number lies in no blog.
  await host.house.storage.write((db) => db.run("UPDATE numbers SET blog_id = '' WHERE number = ?", [Number(two)]));
  const id = (await as("metaWeblog.newPost", two, { title: "There" })) as string;
  t.regex(String(((await as("metaWeblog.getPost", id)) as Struct).link), /two\.example/);
  t.regex(String(((await as("metaWeblog.getRecentPosts", "http://two.example", 1)) as Struct[])[0]!.link), /two\.example/);
  t.deepEqual(await as("metaWeblog.getRecentPosts", "0", 1), []);
  const hub = answerOf(
    (await send(callXml("metaWeblog.newPost", "0", "kim", token, { title: "Mine" }), { host: "hub.example" })).text,
  );
  t.regex(String(((await as("metaWeblog.getPost", String(hub))) as Struct).link), /kim\.example/);
  t.is((await host.request({ path: "/rsd.xml", host: "hub.example" })).status, 200);
  const lees = await host.token({ scopes: everything, blog: null, account: await host.person("lee") });
  const other = (await call("metaWeblog.newPost", "lee.example", "lee", lees, { title: "Lee's" })) as string;
  await t.throwsAsync(as("metaWeblog.editPost", other, { title: "Mine now" }), { message: /^404: / });
  for (const name of ["lee.example", "999999", "nowhere.example"])
    await t.throwsAsync(as("metaWeblog.newPost", name, { title: "x" }), { message: /^40[34]: / });
  const bound = await host.token({ scopes: everything, blog: host.blogs[1]! });
  await t.throwsAsync(call("metaWeblog.newPost", "kim.example", "kim", bound, { title: "x" }), { message: /^40[34]: / });
});

test("apps that write on WordPress find blogs, categories, and publish", async (t) => {
  const { host, token, call, as } = await open(t);
  const [blog] = (await call("wp.getUsersBlogs", "kim", token)) as Struct[];
  t.like(blog!, { url: host.blog.url, xmlrpc: `${host.blog.url}xmlrpc` });
  const at = String(blog!.blogid);
  await as("wp.newCategory", at, { name: "Birds", description: "Feathers" });
  const terms = (await as("wp.getTerms", at, "category")) as Struct[];
  t.like(terms[0]!, { name: "Birds", slug: "birds", taxonomy: "category", description: "Feathers" });
  t.deepEqual(await as("wp.getTerms", at, "post_tag"), []);
  await t.throwsAsync(() => as("wp.getTerms", at, "mood"), { message: /no taxonomy/ });

  const content = {
    post_title: "A day",
    post_content: "*Out*",
    post_excerpt: "Short",
    post_name: "day",
    post_date_gmt: { date: "20260430T10:00:00" },
  };
  const id = await as("wp.newPost", at, {
    ...content,
    post_type: "post",
    post_status: "publish",
    terms: { category: [terms[0]!.term_id as string] },
    terms_names: { category: ["Walks"], post_tag: ["rain"] },
  });
  const post = (await as("metaWeblog.getPost", id as string)) as Struct;
  t.like(post, {
    title: "A day",
    description: "*Out*",
    mt_excerpt: "Short",
    wp_slug: "day",
    post_status: "publish",
    mt_keywords: "rain",
  });
  t.deepEqual((post.categories as string[]).toSorted(), ["Birds", "Walks"]);
  t.is(post.date_created_gmt, "20260430T10:00:00");
  const draft = await as("wp.newPost", at, { post_content: "Later", post_title: "" });
  t.like((await as("metaWeblog.getPost", draft as string)) as Struct, { post_status: "draft" });
  const page = await as("wp.newPost", at, { post_type: "page", post_title: "About", post_content: "Me", post_status: "publish" });
  t.like((await as("microblog.getPage", page as string)) as Struct, { title: "About" });
  for (const wrong of [
    { post_type: "snippet", post_content: "x" },
    { post_content: "x", terms: { category: ["999999"] } },
    { post_content: "x", terms_names: { category: "Birds", post_tag: [] } },
    { post_content: "x", post_status: "sideways" },
  ] as Said[])
    await t.throwsAsync(() => as("wp.newPost", at, wrong), { message: /^-?\d+: / }, JSON.stringify(wrong));
  await t.throwsAsync(() => call("wp.getUsersBlogs", "kim", "wrong-password"), { message: /username or password/ });
});
