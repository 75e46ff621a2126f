import { runInNewContext } from "node:vm";
import test from "ava";
import { open } from "../client-api.testing.ts";
import { pageScript } from "../wire/page-script.ts";
import { lookIn } from "./look.ts";
import { placeIn } from "./sign-in.ts";

async function signedIn(t: Parameters<typeof open>[0]) {
  const made = await open(t);
  const { ask, keyOf, kim } = made;
  const key = await keyOf(kim);
  const query = "redirect_to=hybrid/mentions&theme=dark&show_actions=true&fontsize=17&width=390&minutes=360";
  const answer = await ask(`GET /hybrid/signin?token=${key}&${query}`);
  const line = String(answer.headers["set-cookie"]);
  const cookie = line.split(";")[0]!;
  const look = async (path: string) => ask(`GET ${path}`, { headers: { cookie } });
  return { ...made, key, answer, line, cookie, look };
}

test("an app signs in to pages with a cookie for them alone, and is led to one of them", async (t) => {
  const { host, answer, line, ask, look, key } = await signedIn(t);
  t.is(answer.status, 302);
  t.is(answer.headers.location, "/hybrid/mentions");
  t.regex(line, /^x\.client-api\.view=[\w-]{43}; Path=\/hybrid; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  t.false(line.includes(key));
  t.is((await look("/hybrid/posts")).status, 200);
  t.is((await ask("GET /hybrid/posts")).status, 401);
  t.is((await ask("GET /hybrid/posts", { headers: { cookie: "x.client-api.view=forged" } })).status, 401);
  const refused = await ask("GET /hybrid/signin?token=WRONG");
  t.is(refused.status, 401);
  t.is(refused.headers["set-cookie"], undefined);
  const plain = await ask(`GET /hybrid/signin?token=${key}`);
  t.is(plain.headers.location, "/hybrid/posts");
  t.deepEqual(host.failures(), []);
});

test("a revoked key shows nothing any more", async (t) => {
  const { host, kim, look } = await signedIn(t);
  t.is((await look("/hybrid/posts")).status, 200);
  const now = host.clock.now().toISOString();
  await host.house.storage.write((db) => db.run("UPDATE app_tokens SET revoked_at = ? WHERE account_id = ?", [now, kim.id]));
  t.is((await look("/hybrid/posts")).status, 401);
});

test("posts are siblings in one container, with the addresses apps know, and without any script or style in the page", async (t) => {
  const { host, kim, lee, ask, look, key } = await signedIn(t);
  t.is((await ask("POST /feeds/v2/subscriptions.json", { key, json: { feed_url: "lee" } })).status, 201);
  const first = await host.publish({ text: "Reeds <b>&</b> wind ![R](https://una.example/r.jpg)" }, host.blogs[1], lee);
  await host.runJobs();
  await host.publish({ text: "Answer", properties: { "in-reply-to": first.url } }, host.blogs[0], kim);
  await host.runJobs();
  const page = await look("/hybrid/posts");
  const [hub, number] = [host.house.settings.url.replace(/\/$/, ""), first.number];
  t.regex(page.text, /<div class="container">\s*<div class="post[^"]*" id="post_\d+">/);
  t.true(page.text.includes(`href="${hub}/lee"`) && page.text.includes(`href="${hub}/lee/${number}"`));
  t.true(page.text.includes(`href="microblog://reply/${number}"`));
  // The app's page asks no other site; its JSON names pictures where they are.
  t.regex(page.text, /<img src="\/foreign\/[\w-]{22}\/1280\//);
  t.notRegex(page.text, /src="https?:\/\/(?!hub\.example)/);
  t.true((await ask("GET /posts/timeline", { key })).text.includes("https://una.example/r.jpg"));
  t.regex(page.text, /<html lang="en" dir="ltr" data-theme="dark">/);
  t.notRegex(page.text, /<style| style=|<script>| on\w+=/);
  t.true(page.text.includes(">6:00 am</time>"), "times are those of the app’s zone");
  const css = /href="(\/hybrid\/page-[0-9a-f]{16}\.css\?fontsize=17&amp;width=390)"/.exec(page.text)![1]!.replace("&amp;", "&");
  const style = await ask(`GET ${css}`);
  t.regex(style.headers["content-type"]!, /css/);
  t.true(
    style.text.includes("--microblog-webview-bottom-padding") && style.text.includes("17px") && style.text.includes("390px"),
  );
  const js = /src="(\/hybrid\/page-[0-9a-f]{16}\.js)"/.exec(page.text)![1]!;
  t.like(await ask(`GET ${js}`), { status: 200, headers: { "cache-control": "public, max-age=31536000, immutable" } });
  t.is((await ask("GET /hybrid/page-0.js")).status, 404);

  for (const path of ["/hybrid/posts/lee", `/hybrid/conversation/${number}`])
    t.true((await ask(`GET ${path}`)).text.includes(`id="post_${number}"`), path);
  t.true((await look("/hybrid/following/kim")).text.includes(`href="${hub}/lee"`));
  t.is((await ask("GET /hybrid/following/kim")).status, 401, "whom somebody follows is for who is signed in");
  t.is((await ask("GET /hybrid/conversation/99999999")).status, 404);
  t.like(await ask("GET /hybrid/posts/nobody"), { status: 404, headers: { "content-type": "text/html; charset=utf-8" } });
  const all = [
    "mentions",
    "discover",
    "discover/books",
    "discover/search?q=b",
    "bookmarks?tag=a",
    "favorites?show_tags=1",
    "users/discover/lee",
  ];
  for (const path of all) t.is((await look(`/hybrid/${path}`)).status, 200, path);
  t.is((await look("/hybrid/bookmarks/12")).status, 404);
  t.deepEqual(host.failures(), []);
});

test("pages are read in the reader's language and direction", async (t) => {
  const { ask } = await open(t);
  const page = await ask("GET /hybrid/discover", { headers: { "accept-language": "ar-EG,de;q=0.5" } });
  t.regex(page.text, /<html lang="ar" dir="rtl"/);
});

test("nobody is led anywhere but to these pages", (t) => {
  const hub = "https://hub.example/";
  for (const [wanted, place] of [
    ["hybrid/conversation/12#post_12", "/hybrid/conversation/12#post_12"],
    ["/hybrid/discover/search?q=a%20b", "/hybrid/discover/search?q=a%20b"],
    ["https://hub.example/hybrid/posts/lee", "/hybrid/posts/lee"],
    ["", "/hybrid/posts"],
    ["https://evil.example/hybrid/posts", "/hybrid/posts"],
    ["//evil.example/hybrid/posts", "/hybrid/posts"],
    ["hybrid/../admin", "/hybrid/posts"],
    ["hybrid/%2e%2e/admin", "/hybrid/posts"],
    ["hybrid//evil.example", "/hybrid/posts"],
    ["hybrid\\..\\admin", "/hybrid/posts"],
    ["hybrid/signin?token=x", "/hybrid/posts"],
    ["javascript:alert(1)", "/hybrid/posts"],
    ["hybrid/a\r\nset-cookie: x=1", "/hybrid/aset-cookie:%20x=1"],
  ] as const)
    t.is(placeIn(wanted, hub), place, wanted);
  const nonsense = { theme: 'x"><script>', fontsize: "1e9", width: "-5", minutes: "x" };
  t.deepEqual(lookIn(new URLSearchParams(nonsense)), { actions: false, tags: false });
  t.like(lookIn(new URLSearchParams({ darkmode: "1", fontsize: "13.6" })), {
    theme: "dark",
    fontSize: 14,
  });
});

test("pictures are those of people here and of libraries here, and nothing else", async (t) => {
  const { host, ask } = await open(t);
  const blank = await ask("GET /images/blank_avatar.png");
  t.is(blank.headers["content-type"], "image/png");
  t.is((await ask("GET /kim/avatar.jpg")).status, 200);
  t.is((await ask("GET /kim/favicon.png")).status, 200);
  t.is((await ask("GET /nobody/avatar.jpg")).status, 404);
  for (const path of [
    "/photos/200/https://evil.example/a.jpg",
    "/photos/400/http://127.0.0.1/a.jpg",
    "/photos/300x/https%3A%2F%2Fkim.example%2Fmedia%2Fnone.jpg",
    "/photos/200/x",
  ])
    t.is((await ask(`GET ${path}`)).status, 404, path);
  t.deepEqual(host.failures(), []);
});

test("the words of jQuery that apps say are there", (t) => {
  const classes = new Set<string>();
  const post = {
    nodeType: 1,
    classList: {
      add: (name: string) => classes.add(name),
      remove: (name: string) => classes.delete(name),
      contains: (name: string) => classes.has(name),
    },
    nextElementSibling: null as unknown,
  };
  const document = {
    readyState: "complete",
    querySelectorAll: (what: string) => (what === "#post_1" ? [post] : []),
    addEventListener: () => undefined,
  };
  const window: Record<string, unknown> = { document, addEventListener: () => undefined };
  const world = { ...window, window };
  runInNewContext(`${pageScript}; this.$ = window.$`, world);
  const $ = (
    world as unknown as {
      $: (what: unknown) => {
        addClass(name: string): { hasClass(name: string): boolean; length: number };
        removeClass(name: string): { length: number };
        next(): { length: number };
      };
    }
  ).$;
  t.true($("#post_1").addClass("is_selected").hasClass("is_selected"));
  t.is($("#post_1").removeClass("is_selected").length, 1);
  t.is(classes.size, 0);
  t.is($("#none").next().length, 0);
  let isReady = false;
  $(() => (isReady = true));
  t.true(isReady);
});
