import test from "ava";
import { open } from "../client-api.testing.ts";

type Feed = {
  items: {
    id: string;
    content_html: string;
    image?: string;
    author: { _microblog: { username: string } };
    _microblog: Record<string, unknown>;
  }[];
  _microblog: Record<string, unknown>;
};

test("timelines, profiles and conversations come as feeds", async (t) => {
  const { host, ask, keyOf, kim, lee, ana } = await open(t);
  const [key, kims] = [await keyOf(lee), await keyOf(kim)];
  const feed = async (line: string, more: object = { key }) => (await ask(line, more)).json() as Feed;
  t.is((await ask("POST /users/follow", { key, form: { username: "kim" } })).status, 200);
  const post = await host.publish({ text: "Hello @lee" });
  await host.runJobs();
  const answer = await host.publish({ text: "Hello back", properties: { "in-reply-to": post.url } }, host.blogs[1], lee);
  await host.runJobs();

  const home = await feed("GET /posts/timeline?count=500");
  t.deepEqual(
    home.items.map(({ id }) => id),
    [String(answer.number), String(post.number)],
  );
  t.like(home.items[1], {
    _microblog: { is_mention: true, is_deletable: false, is_conversation: true, date_relative: "12:00 pm" },
  });
  t.is((await feed(`GET /posts/all?before_id=${answer.number}`)).items.length, 1);
  t.is((await feed(`GET /posts/timeline?since_id=${post.number}`)).items.length, 1);
  t.is((await feed("GET /posts/timeline?count=0")).items.length, 0);
  t.is((await ask("GET /posts/timeline?before_id=x", { key })).status, 400);
  t.is((await feed("GET /posts/timeline?before_id=99999999999999999999")).items.length, 0);
  await host.publish({ text: "Hello @lee" }, host.blogs[2], ana);
  await host.runJobs();
  for (const [key, size] of [
    [kims, 1],
    [await keyOf(lee), 2],
  ] as const) {
    const { items } = await feed("GET /posts/mentions", { key });
    t.deepEqual(
      items.map(({ _microblog: { is_mention: is } }) => is),
      Array.from({ length: size }, () => true),
    );
  }
  const block = { key, form: { username: "ana" } };
  t.deepEqual((await feed("GET /posts/mentions/blocked")).items, []);
  const { id: blocked } = (await ask("POST /users/block", block)).json() as { id: number };
  for (const [path, said] of [
    ["/posts/mentions", "kim"],
    ["/posts/mentions/blocked", "ana"],
  ])
    t.deepEqual(
      (await feed(`GET ${path}`)).items.map(({ author, _microblog: { is_mention: is } }) => [author._microblog.username, is]),
      [[said, true]],
      path,
    );
  t.deepEqual((await ask(`DELETE /users/blocking/${blocked}`, { key })).json(), {});
  const whole = await feed(`GET /posts/conversation?id=${answer.number}`, {});
  t.deepEqual(
    whole.items.map(({ id, _microblog: { reply_to_id: to } }) => [id, to]),
    [
      [String(answer.number), String(post.number)],
      [String(post.number), undefined],
    ],
  );
  t.is((await ask("GET /posts/conversation?id=2000000000")).status, 404);
  t.is((await ask("GET /posts/conversation")).status, 400);

  const noted = { text: "Ask about reeds", attached_post_id: String(post.number) };
  await ask("POST /notes", { key, form: noted });
  await ask("POST /notes", { key: kims, form: { ...noted, text: "Somebody else's" } });
  t.like((await feed("GET /posts/timeline")).items.at(-1), { _microblog: { note: "Ask about reeds" } });
  const about = await feed("GET /posts/kim?count=0");
  t.like(about, {
    items: [],
    author: { name: "Kim" },
    _microblog: { username: "kim", is_following: true, is_you: false, following_count: 0 },
  } as never);
  t.is((await feed("GET /posts/kim", {})).items.length, 1);
  t.is((await feed("GET /posts/kim?search=hello")).items.length, 1);
  t.is((await feed(`GET /posts/kim?search=hello&since_id=${post.number}`)).items.length, 0);
  t.is((await feed("GET /posts/kim?search=heron")).items.length, 0);
  t.is((await feed("GET /posts/kim?category=birds")).items.length, 0);
  for (const name of ["nobody", "search", "%00", "%F0%9F%90%A6", "a".repeat(500), "..%2f"])
    t.like((await ask(`GET /posts/${name}`, { key })).json() as object, { error: "not_found" }, name);
  t.is((await ask("GET /posts/kim", { headers: { authorization: "Bearer wrong" } })).status, 401);
  t.is((await ask("GET /posts/kim", { headers: { authorization: "" } })).status, 200);

  t.like((await ask(`GET /posts/check?since_id=${post.number}`, { key })).json() as object, {
    count: 1,
    markers: {},
    is_publishing: false,
    latest_url: answer.url,
  });
  const mark = { channel: "timeline", id: String(post.number), date_marked: "2026-05-01T12:00:00Z" };
  t.deepEqual((await ask("POST /posts/markers", { key, json: mark })).json(), {});
  t.like((await ask("GET /posts/check", { key })).json() as object, {
    count: 1,
    markers: { timeline: { id: String(post.number), date_marked: "2026-05-01T12:00:00.000+00:00" } },
  });
  const properties = { syndication: ["https://far.example/1", { url: "https://near.example/2" }, "javascript:x"] };
  await host.publish({ text: `![A heron](https://kim.example/heron.jpg) ${"Long words. ".repeat(40)}`, properties });
  const film = '<video src="https://kim.example/a.mp4" poster="https://kim.example/a.jpg" preload="none" controls></video>';
  await host.publish({ text: film, format: "html" });
  await host.runJobs();
  const shown = async (path: string) => (await feed(`GET ${path}`)).items;
  t.deepEqual(
    (await shown("/posts/media")).map(({ image, _microblog: more }) => [image, more.thumbnail_url, more.syndication]),
    [
      ["https://kim.example/a.jpg", "https://kim.example/a.jpg", []],
      ["https://kim.example/heron.jpg", "https://kim.example/heron.jpg", ["https://far.example/1", "https://near.example/2"]],
    ],
  );
  t.regex((await shown("/posts/media?count=1"))[0]!.content_html, /<video .*preload="none"/);
  for (const path of ["/posts/photos", "/posts/kim/photos"])
    t.deepEqual(
      (await shown(path)).map(({ image }) => image),
      ["https://kim.example/heron.jpg"],
      path,
    );
  await host.house.host.set("timeline", { publicPages: false });
  for (const path of ["/posts/kim", "/posts/kim/photos", `/posts/conversation?id=${post.number}`])
    t.deepEqual([(await ask(`GET ${path}`)).status, (await ask(`GET ${path}`, { key })).status], [401, 200], path);
  // Nobody keeps replies, shelves or bookmarks here.
  t.like(await feed("GET /posts/replies"), { items: [] });
  t.like(await feed("GET /posts/discover"), { items: [], _microblog: { tagmoji: [] } });
  t.like(await feed("GET /posts/discover/books", {}), { items: [] });
  t.like(await feed("GET /posts/bookmarks"), { items: [] });
  t.regex(
    String(
      ((await ask("POST /posts/reply", { key, form: { id: "1", content: "x" } })).json() as { error_description: string })
        .error_description,
    ),
    /switched off/,
  );

  t.is((await ask(`DELETE /posts/${post.number}`, { key })).status, 404);
  t.deepEqual((await ask(`DELETE /posts/${answer.number}`, { key })).json(), {});
  t.is((await ask(`DELETE /posts/${answer.number}`, { key })).status, 404);
  await host.runJobs();
  t.is((await feed("GET /posts/timeline")).items.length, 3);
  t.like((await ask("GET /posts/check?since_id=0", { key })).json() as object, { count: 3 });
  // With a slash too many it is the same address.
  for (const [line, location] of [
    ["GET /posts/timeline/?count=1", "/posts/timeline?count=1"],
    ["POST /users/follow/", "/users/follow"],
  ] as const)
    t.like(await ask(line, { key }), { status: 308, headers: { location } });
  t.is((await ask("GET /posts//", { key })).status, 404);
});
