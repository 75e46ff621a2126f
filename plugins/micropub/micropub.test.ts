import test from "ava";
import { all, client, open, png, saved, type Properties } from "./client.testing.ts";

test("every post kind is stored under its own properties, of the right kind, and read back as it was sent", async (t) => {
  const { make, source, host } = await open(t);
  const venue = { type: ["h-card"], properties: { name: ["The weir"], latitude: [48.4], longitude: [9.99] } };
  const kinds: [kind: string, properties: Properties][] = [
    ["note", { content: ["Herons **today** <i>again</i>"] }],
    ["note", { content: [{ html: "<p>Herons <b>today</b></p>" }] }],
    ["article", { name: ["Herons"], content: ["Long"], summary: ["Short"] }],
    ["photo", { photo: [{ value: "https://lee.example/a.jpg", alt: "A heron" }, "https://lee.example/b.jpg"] }],
    ["video", { video: ["https://lee.example/a.mp4"], content: ["Look"] }],
    ["audio", { audio: ["https://lee.example/a.mp3"], content: ["Hear"] }],
    ["reply", { "in-reply-to": ["https://lee.example/1"], content: ["Yes"] }],
    ["like", { "like-of": ["https://lee.example/2"] }],
    ["repost", { "repost-of": ["https://lee.example/3"] }],
    ["bookmark", { "bookmark-of": ["https://lee.example/4"], name: ["Ponds"] }],
    ["rsvp", { rsvp: ["yes"], "in-reply-to": ["https://lee.example/party"] }],
    ["checkin", { checkin: [venue], content: ["Here"] }],
    ["note", { content: ["There"], location: ["geo:48.4,9.99;u=35"] }],
    [
      "note",
      {
        content: ["With Lee"],
        category: [{ type: ["h-card"], properties: { name: ["Lee"], url: ["https://lee.example/"] } }, "Walks", venue, "Birds"],
      },
    ],
    ["note", { content: ["?"], "listen-of": ["https://lee.example/song"], podcast: [{ season: 9 }] }],
  ];
  for (const [kind, properties] of kinds) {
    const url = await make(properties);
    const read = await source(url);
    t.like(read.properties, properties);
    t.is(saved(host).kind, kind, JSON.stringify(properties));
  }
});

test("what is said in the address counts where the body says nothing of it, also with a type and no body", async (t) => {
  const { host, token, send, source } = await open(t);
  const none = { "content-type": "application/json" };
  const said = async (url: string) => (await source(url)).properties;
  const made = await send({ path: "/micropub?h=entry&content=Herons&category[]=Birds", method: "POST", headers: none });
  t.is(made.status, 201, made.text);
  t.like(await said(made.headers.location!), { content: ["Herons"], category: ["Birds"] });
  const both = await send({
    path: "/micropub?content=Away&name=Title&category=Away",
    form: { content: "Here", "category[]": "Near" },
  });
  t.like(await said(both.headers.location!), { content: ["Here"], name: ["Title"], category: ["Near"] });
  const file = await host.request({ path: `/micropub?content=x&access_token=${token}`, form: { h: "entry" } });
  t.is(file.status, 401, "a key is taken from no address");
  const gone = await send({ path: `/micropub?action=delete&url=${made.headers.location}`, method: "POST", headers: none });
  t.is(gone.status, 200, gone.text);
  t.is((await send({ path: "/micropub/media?action=delete&url=x", method: "POST", headers: none })).status, 400);
});

test("the key is taken from header or body, never from both; cookies do not count; each refusal has its code", async (t) => {
  const { host, token, send } = await open(t);
  const form = { h: "entry", content: "Hello" };
  const bare = (more: object) => host.request({ path: "/micropub", form, ...more });
  const said = (answer: { status: number; text: string; headers: Readonly<Record<string, string>> }) => {
    const { error, scope } = JSON.parse(answer.text) as { error: string; scope?: string };
    return [answer.status, error, ...(scope ? [scope] : [])];
  };

  const none = await bare({});
  t.deepEqual(said(none), [401, "unauthorized"]);
  t.is(none.headers["www-authenticate"], "Bearer");
  t.is(none.headers["content-type"], "application/json; charset=utf-8");
  const wrong = await bare({ headers: { authorization: "Bearer 00000000000000000000" } });
  t.deepEqual(said(wrong), [401, "invalid_token"]);
  t.is(wrong.headers["www-authenticate"], 'Bearer error="invalid_token"');
  t.deepEqual(said(await bare({ headers: { authorization: `Bearer ${token}` }, form: { ...form, access_token: token } })), [
    400,
    "invalid_request",
  ]);
  t.deepEqual(said(await bare({ headers: { cookie: `rookery=${token}` } })), [401, "unauthorized"]);
  t.deepEqual(said(await host.request({ path: `/micropub?q=config&access_token=${token}` })), [401, "unauthorized"]);

  t.is((await bare({ form: { ...form, access_token: token } })).status, 201);
  t.false(JSON.stringify(saved(host)).includes(token), "the token is kept nowhere");
  for (const authorization of [`bearer ${token}`, `Token ${token}`, token])
    t.is((await bare({ headers: { authorization } })).status, 201);

  const readOnly = client(host, await host.token({ scopes: ["profile"] }));
  const lacking = await readOnly.send({ form });
  t.deepEqual(said(lacking), [403, "insufficient_scope", "create"]);
  t.is(lacking.headers["www-authenticate"], 'Bearer error="insufficient_scope", scope="create"');
  t.is((await send({ body: "x", headers: { "content-type": "image/png" } })).status, 415);
});

test("scopes: draft makes drafts only, update does not create, delete brings undelete, media uploads only", async (t) => {
  const { host, make } = await open(t);
  const url = await make({ content: ["Mine"] });
  const as = async (...scopes: string[]) => client(host, await host.token({ scopes }));
  const status = async (app: Awaited<ReturnType<typeof as>>, json: object) => (await app.send({ json })).status;
  const create = { type: ["h-entry"], properties: { content: ["New"], "post-status": ["published"] } };

  const drafter = await as("draft");
  const location = (await drafter.send({ json: create })).headers.location!;
  t.is(saved(host).status, "draft");
  t.is(await status(drafter, { action: "update", url: location, replace: { content: ["More"] } }), 403);
  const updater = await as("update");
  t.is(await status(updater, create), 403);
  t.is(await status(updater, { action: "update", url, replace: { content: ["Changed"] } }), 200);
  t.is(await status(updater, { action: "update", url: location, replace: { "post-status": ["published"] } }), 403);
  t.is(await status(updater, { action: "delete", url }), 403);
  const deleter = await as("delete");
  t.deepEqual([await status(deleter, { action: "delete", url }), await status(deleter, { action: "undelete", url })], [200, 200]);
  const uploader = await as("media");
  const file = { file: { name: "a.png", type: "image/png", bytes: png } };
  t.is((await uploader.send({ path: "/micropub/media", multipart: file })).status, 201);
  t.is((await updater.send({ path: "/micropub/media", multipart: file })).status, 403);
  t.is(await status(uploader, create), 403);
});

test("an update replaces, adds and deletes as one; nothing else moves; what is wrong changes nothing", async (t) => {
  const { host, send, make, source } = await open(t);
  const published = "2026-04-01T10:00:00+00:00";
  const url = await make({
    content: ["One"],
    category: ["a", "b"],
    published: [published],
    rsvp: ["yes"],
    "in-reply-to": ["https://lee.example/p"],
  });
  const before = (await source(url)).properties;
  const update = async (change: object) => {
    const answer = await send({ json: { action: "update", url, ...change } });
    return [answer.status, answer.text] as const;
  };

  t.deepEqual(await update({ replace: { content: ["Two"] }, add: { category: ["c"] }, delete: { category: ["a"] } }), [
    200,
    "{}",
  ]);
  const after = (await source(url)).properties;
  t.deepEqual(after, { ...before, content: ["Two"], category: ["b", "c"] });
  t.is(saved(host).publishedAt, "2026-04-01T10:00:00.000Z");
  await update({ delete: ["category", "rsvp"] });
  t.deepEqual(
    Object.keys((await source(url)).properties).filter((name) => ["category", "rsvp"].includes(name)),
    [],
  );
  await update({ add: { category: ["x"] } });
  await update({ delete: { category: ["x"] } });
  t.false("category" in (await source(url)).properties, "the last value takes the property along");
  t.deepEqual(await update({ replace: { content: "Bare", name: [null], "post-status": [""] } }), [200, "{}"]);
  t.like((await source(url)).properties, { content: ["Bare"], "post-status": ["published"], published: [published] });

  const now = (await source(url)).properties;
  for (const wrong of [
    {},
    { replace: "This is not a valid update." },
    { replace: [] },
    { delete: "category" },
    { delete: [1] },
    { add: [["category"]] },
    { replace: { content: ["Half"], visibility: ["friends"] } },
    { replace: { content: ["Half"], "post-status": ["archived"] } },
    { replace: { content: ["Half"], "like-of": ["no address"] } },
    { replace: { content: ["Half"] }, "mp-syndicate-to": ["nowhere/known"] },
  ]) {
    const [status, text] = await update(wrong);
    t.deepEqual([status, (JSON.parse(text) as { error: string }).error], [400, "invalid_request"], JSON.stringify(wrong));
  }
  t.deepEqual((await source(url)).properties, now);
  for (const wrong of [undefined, "https://kim.example/nowhere", "no address", 7])
    t.is((await send({ json: { action: "update", url: wrong, replace: { content: ["x"] } } })).status, 400);
  t.is((await send({ form: { action: "update", url, content: "x" } })).status, 400, "an update is no form");
});

test("deleted is gone with 410 and without a word, and undelete brings it back whole", async (t) => {
  const { host, send, make, source } = await open(t);
  const url = await make({ name: ["Secret heron"], content: ["Feathers"], category: ["walks"] });
  const before = await source(url);
  const path = new URL(url).pathname;
  for (const body of [{ form: { action: "delete", url } }, { json: { action: "delete", url } }]) {
    t.is((await send(body)).status, 200);
    const page = await host.get(path);
    t.is(page.status, 410);
    t.notRegex(page.text, /heron|Feathers/);
    t.notRegex((await host.get("/")).text, /heron/);
    t.is((await send({ path: `/micropub?q=source&url=${url}` })).status, 400);
    t.is((await send({ form: { action: "undelete", url } })).status, 200);
    t.is((await host.get(path)).status, 200);
    t.deepEqual(await source(url), before);
  }
  t.is((await send({ form: { action: "delete", url: "https://kim.example/nowhere" } })).status, 400);
  t.is((await send({ form: { action: "burn", url } })).status, 400);
});

test("drafts and scheduled posts have an address that works as url, and appear nowhere before their time", async (t) => {
  const { host, send, make, source } = await open(t, { blogs: [{ host: "kim.example", timeZone: "America/New_York" }] });
  const draft = await make({ content: ["Not yet"], "post-status": ["draft"] });
  t.like((await source(draft)).properties, { content: ["Not yet"], "post-status": ["draft"] });
  t.notRegex((await host.get("/")).text, /Not yet/);
  const out = await send({ json: { action: "update", url: draft, replace: { "post-status": ["published"], content: ["Now"] } } });
  t.is(out.status, 201);
  t.regex((await host.get(new URL(out.headers.location!).pathname)).text, /Now/);

  const published = ["2020-02-03T04:05:06+00:00"];
  const old = await make({ content: ["Of old"], published });
  for (const status of ["draft", "published"])
    await send({ json: { action: "update", url: old, replace: { "post-status": [status] } } });
  t.like((await source(old)).properties, { published, "post-status": ["published"] }, "what was out before keeps its date");

  const later = await make({ content: ["Tomorrow"], published: ["2026-05-02 08:00"] });
  t.is(saved(host).publishedAt, "2026-05-02T12:00:00.000Z", "without a zone it is the blog's own time");
  t.is((await host.get(new URL(later).pathname)).status, 404);
  t.like((await source(later)).properties, { published: ["2026-05-02T12:00:00+00:00"], "post-status": ["published"] });
  const listed = (await send({ path: "/micropub?q=source" })).json() as { items: { properties: Properties }[] };
  t.deepEqual(listed.items[0]!.properties.content, ["Tomorrow"]);
  host.clock.advance({ days: 1 });
  await host.runJobs();
  t.is((await host.get(new URL(later).pathname)).status, 200);
  for (const published of ["yesterday", "2026-13-01", "12"])
    t.is((await send({ form: { content: "x", published } })).status, 400);
});

test("what is private or of an unknown visibility is never public", async (t) => {
  const { host, send, make } = await open(t);
  const hidden = await make({ content: ["Between us"], visibility: ["private"] });
  t.not((await host.get(new URL(hidden).pathname)).status, 200);
  const unlisted = await make({ content: ["Whoever has the link"], visibility: ["unlisted"] });
  t.is((await host.get(new URL(unlisted).pathname)).status, 200);
  const home = (await host.get("/")).text;
  t.notRegex(home, /Between us|Whoever has/);
  t.is((await send({ form: { content: "For friends", visibility: "friends" } })).status, 400);
  t.is((await send({ form: { content: "x", "post-status": "archived" } })).status, 400);
});

test("commands: slug, alt texts, targets, pages; none of them is kept", async (t) => {
  const { host, send, make, source } = await open(t);
  const form = {
    h: "entry",
    content: "Two",
    "mp-slug": "../My Slug/é",
    "mp-photo-alt[]": ["A", "B"],
    "photo[]": ["https://lee.example/1.jpg", "https://lee.example/2.jpg"],
  };
  const url = (await send({ form: { ...form, "mp-strange": "x", "mp-syndicate-to[]": "" } })).headers.location!;
  t.regex(url, /^http:\/\/kim\.example:\d+\/2026\/05\/01\/my-slug-e$/);
  t.deepEqual((await source(url)).properties.photo, [
    { value: "https://lee.example/1.jpg", alt: "A" },
    { value: "https://lee.example/2.jpg", alt: "B" },
  ]);
  const command = { "mp-slug": ["other"], "mp-strange": ["x"] };
  await send({ json: { action: "update", url, replace: { content: ["Three"], ...command }, add: command } });
  t.like((await source(url)).properties, { url: [url], content: ["Three"] });
  t.notRegex(JSON.stringify(saved(host)), /mp-|strange/);
  t.is((await send({ form: { content: "x", "mp-syndicate-to": "crosspost/9" } })).status, 400);
  const page = await make({ name: ["About me"], content: ["Hello"] }, { "mp-channel": "pages" });
  t.is(new URL(page).pathname, "/about-me");
  const pages = (await send({ path: "/micropub?q=source&mp-channel=pages" })).json() as { items: { properties: Properties }[] };
  t.like(pages.items[0]!.properties, { name: ["About me"], "microblog-template": [false] });
  t.is((await send({ json: { type: ["h-entry"], properties: { content: ["x"] }, "mp-channel": ["nowhere"] } })).status, 400);
});

test("the same create sent again under its key is one post; without a key alike posts are two", async (t) => {
  const { send } = await open(t);
  const create = async (key?: string) =>
    (await send({ form: { content: "Twice" }, ...(key && { headers: { "idempotency-key": key } }) })).headers.location;
  const first = await create("a1");
  t.is(await create("a1"), first);
  t.not(await create("a2"), first);
  t.not(await create(), await create());
});

test("lists are paged, filtered and narrowed; drafts only come when asked for", async (t) => {
  const { send, make, host } = await open(t);
  for (let at = 1; at <= 5; at++) {
    host.clock.advance({ minutes: 1 });
    await make({ content: [`Post ${at}${at % 2 ? " about herons" : ""}`], ...(at > 3 && { category: ["Late ones"] }) });
  }
  await make({ content: ["A draft"], "post-status": ["draft"] });
  const list = async (query: string) => {
    const answer = (await send({ path: `/micropub?q=source&${query}` })).json() as { items: { properties: Properties }[] };
    return answer.items.map(({ properties }) => String(properties.content![0]).slice(0, 7));
  };
  t.deepEqual(await list("limit=2"), ["Post 5 ", "Post 4"]);
  t.deepEqual(await list("limit=2&offset=2"), ["Post 3 ", "Post 2"]);
  t.deepEqual(await list("limit=2&offset=6"), []);
  t.deepEqual(await list("filter=herons"), ["Post 5 ", "Post 3 ", "Post 1 "]);
  t.deepEqual(await list("post-status=draft"), ["A draft"]);
  const { "microblog-categories": categories } = (await send({ path: "/micropub?q=category" })).json() as {
    "microblog-categories": { uid: number; posts_count: number }[];
  };
  t.is(categories[0]!.posts_count, 2);
  t.deepEqual(await list(`category=${categories[0]!.uid}`), ["Post 5 ", "Post 4"]);
  t.deepEqual(await list("category=Nothing"), []);
  t.is((await send({ path: "/micropub?q=source&limit=-1" })).status, 400);
  const one = (await send({ path: "/micropub?q=source" })).json() as { items: { properties: Properties }[] };
  for (const { properties } of one.items)
    t.true(Number.isInteger(properties.uid![0]) && String(properties.url![0]).startsWith("http"));
});

test("config says what there is, and every query it names works", async (t) => {
  const blogs = [{ host: "kim.example" }, { host: "garden.example" }, { host: "lee.example", owner: "lee" }];
  const { host, send, token } = await open(t, { blogs });
  const config = (await send({ path: "/micropub?q=config" })).json() as {
    q: string[];
    destination: { uid: string; "microblog-default": boolean }[];
    "media-endpoint": string;
  };
  t.is(config["media-endpoint"], `${host.blog.url}micropub/media`);
  t.deepEqual(config.destination.map(({ uid }) => uid).sort(), [host.blogs[1]!.url, host.blog.url].sort());
  t.is(config.destination.filter((one) => one["microblog-default"]).length, 1);
  for (const q of config.q) t.is((await send({ path: `/micropub?q=${q}` })).status, 200, q);
  t.is((await send({ path: "/micropub?q=nothing" })).status, 400);
  t.deepEqual((await send({ path: "/micropub" })).json(), {}, "a key can be tried");
  t.is((await host.get("/micropub?q=config")).status, 401);

  const hub = client(host, token, { host: "hub.example" });
  const there = (await hub.send({ form: { content: "By name", "mp-destination": host.blogs[1]!.url } })).headers.location!;
  t.true(there.startsWith(host.blogs[1]!.url));
  t.is((await hub.send({ json: { action: "update", url: there, replace: { content: ["By url"] } } })).status, 200);
  t.is(
    (await send({ json: { action: "update", url: there, replace: { content: ["x"] } } })).status,
    400,
    "a url of another blog",
  );
  t.is((await hub.send({ form: { content: "x", "mp-destination": "https://nowhere.example/" } })).status, 400);
  t.is((await hub.send({ form: { content: "x", "mp-destination": host.blogs[2]!.url } })).status, 400);
  t.is((await send({ form: { content: "x" }, host: "lee.example" })).status, 403);
  const bound = client(host, await host.token({ scopes: all, blog: host.blog }), { host: "hub.example" });
  t.is((await bound.send({ form: { content: "x", "mp-destination": host.blogs[1]!.url } })).status, 400, "a key of one blog");
  t.is((await bound.send({ json: { action: "delete", url: there } })).status, 403);
  t.true((await hub.send({ form: { content: "x", "mp-destination": "" } })).status === 201);
});

test("categories are made, renamed and removed through their channel, by form and by JSON", async (t) => {
  const { send } = await open(t);
  const channel = { "mp-channel": "categories" };
  const made = (await send({ form: { ...channel, name: "Travel", text: "Where to" } })).json() as {
    uid: number;
    url: string;
    path: string;
  };
  t.like(made, { name: "Travel", path: "/categories/travel", posts_count: 0 });
  t.like(
    (await send({ json: { ...channel, action: "update", url: made.url, replace: { name: "Journeys" } } })).json() as object,
    { uid: made.uid, name: "Journeys" },
  );
  t.like((await send({ form: { ...channel, action: "update", url: made.url, name: "Trips" } })).json() as object, {
    uid: made.uid,
    name: "Trips",
  });
  t.deepEqual((await send({ form: { ...channel, action: "delete", url: made.url } })).json(), {});
  t.is((await send({ form: { ...channel, action: "delete", url: made.url } })).status, 400);
  t.is((await send({ form: { ...channel, name: "" } })).status, 400);
});

test("text is Markdown and HTML is cleaned; control characters are gone; script never runs", async (t) => {
  const { host, make, source } = await open(t);
  const page = async (url: string) => (await host.get(new URL(url).pathname)).text;
  const markdown = await make({ content: ["**bold** <script>alert(1)</script> \u0000\u0008x"] });
  t.regex(await page(markdown), /<strong>bold<\/strong>/);
  t.notRegex(await page(markdown), /<script>alert/);
  t.deepEqual((await source(markdown)).properties.content, ["**bold** <script>alert(1)</script> x"]);
  const html =
    '<p>Good</p><img src=x onerror=alert(1)><a href="java&#115;cript:alert(1)">x</a><iframe srcdoc="<script>1</script>"></iframe>';
  const url = await make({ content: [{ html }] });
  t.regex(await page(url), /<p>Good<\/p>/);
  t.notRegex(await page(url), /onerror|javascript:|srcdoc/i);
  t.deepEqual((await source(url)).properties.content, [{ html }]);
});

test("a photo that the text shows itself stands on the page once; others are shown besides", async (t) => {
  const { host, make, source, send } = await open(t);
  const [shown, other] = ["https://lee.example/shown.jpg", "https://lee.example/other.jpg"];
  const content = `Look\n<img src="${shown}" width="10" height="10" alt="">`;
  const url = await make({ content: [content], photo: [shown, other] });
  const page = (await host.get(new URL(url).pathname)).text;
  t.is(page.split(`src="${shown}"`).length - 1, 1);
  t.is(page.split(`src="${other}"`).length - 1, 1);
  t.like((await source(url)).properties, { content: [content] });
  t.deepEqual([...(await source(url)).properties.photo!].sort(), [other, shown].sort());
  // As the Mac app saves: the text it got, bare.
  t.is((await send({ json: { action: "update", url, replace: { content, name: "" } } })).status, 200);
  t.deepEqual([...(await source(url)).properties.photo!].sort(), [other, shown].sort());
});

test("whatever is malformed is refused with 400, 413 or 415 and a word for it, and nothing is stored", async (t) => {
  const { host, send } = await open(t);
  const random = seeded(42);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const broken = [
    null,
    7,
    true,
    "",
    "x",
    [],
    {},
    [null],
    [[]],
    [{}],
    [[["x"]]],
    { a: [null] },
    { value: 7 },
    { html: 7 },
    "\u0000",
  ];
  const keys = [
    "type",
    "properties",
    "action",
    "url",
    "replace",
    "add",
    "delete",
    "mp-channel",
    "mp-syndicate-to",
    "mp-destination",
    "content",
    "photo",
    "published",
    "like-of",
  ];
  for (let at = 0; at < 150; at++) {
    const body: Record<string, unknown> = { action: pick(["update", "delete", "undelete", "burn", 7, null]) };
    for (let key = 0; key < 4; key++) body[pick(keys)] = pick(broken);
    if (!["update", "delete", "undelete", "burn"].includes(String(body.action))) body.action = "burn";
    const answer = await send({ json: body });
    t.is(answer.status, 400, JSON.stringify(body));
    t.is((answer.json() as { error: string }).error, "invalid_request");
  }
  for (const [name, value] of Object.entries({
    type: [7],
    content: [{ html: 7 }],
    photo: [{ alt: "x" }],
    published: ["never"],
    "like-of": [7],
    audio: ["ftp://x/"],
    video: [{}],
    rsvp: ["perhaps"],
    name: [{ a: 1 }],
  })) {
    const body =
      name === "type" ? { type: value, properties: { content: ["x"] } } : { type: ["h-entry"], properties: { [name]: value } };
    t.is((await send({ json: body })).status, 400, name);
  }
  for (const body of [
    "",
    "{",
    "[]",
    "null",
    "7",
    '"x"',
    '{"type":["h-entry"],"properties":[]}',
    '{"type":["h-entry"],"properties":{"content":null}}',
    "\xff",
  ]) {
    const answer = await send({ body, headers: { "content-type": "application/json" } });
    t.deepEqual([answer.status, (answer.json() as { error: string }).error], [400, "invalid_request"], body);
  }
  const cut = await send({
    body: '--x\r\nContent-Disposition: form-data; name="a',
    headers: { "content-type": "multipart/form-data; boundary=x" },
  });
  t.is(cut.status, 400);
  t.is(
    (await send({ body: `content=${"x".repeat(5_000_000)}`, headers: { "content-type": "application/x-www-form-urlencoded" } }))
      .status,
    413,
  );
  t.is(host.events("post.saved").length, 0);
  t.deepEqual(host.failures(), []);
});

test("an app that was made for one origin gets what it comes back with from a page of the installation", async (t) => {
  const { host } = await open(t);
  const hub = await host.request({ path: "/micropub/redirect?code=a%20b&state=7&me=x", host: "hub.example" });
  t.deepEqual([hub.status, hub.headers.location], [302, "microblog://micropub?code=a+b&state=7&me=x"]);
  t.is((await host.get("/micropub/redirect?code=a")).status, 404);
});

// The same numbers in every run (mulberry32).
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
