import test, { type ExecutionContext } from "ava";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { receive } from "../interactions/receive.ts";
import { createGuardedFetch } from "../net/guarded-fetch.ts";
import { createTestHost } from "../testing/test-host.ts";
import { withShownOrigins } from "./shown-origins.ts";

const create = { width: 300, height: 200, channels: 4, background: "teal" } as const;
const png = await sharp({ create }).png().toBuffer();
const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>';

/** A sound PNG of 60 million pixels in a few thousand bytes. */
function bomb(): Buffer {
  const [width, height] = [20_000, 3_000];
  const part = (name: string, bytes: Buffer) => {
    const named = Buffer.concat([Buffer.from(name), bytes]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(bytes.length);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head[8] = 1;
  const rows = deflateSync(Buffer.alloc((width / 8 + 1) * height));
  return Buffer.concat([png.subarray(0, 8), part("IHDR", head), part("IDAT", rows), part("IEND", Buffer.alloc(0))]);
}

/** An installation that may ask one server on this machine, and nothing else that is private. */
async function open(t: ExecutionContext, pages: Readonly<Record<string, RequestListener>>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    const page = pages[request.url!];
    if (page) page(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => (server.closeAllConnections(), server.close()));
  const { port } = server.address() as AddressInfo;
  const host = await createTestHost(t);
  const limits = { firstByteMs: 300, graceMs: 300 };
  const guarded = createGuardedFetch({ userAgent: "test", allow: [`127.0.0.1:${port}`], limits });
  Object.assign(host.house, { fetch: guarded });
  const site = `http://127.0.0.1:${port}`;
  const get = (path: string, headers = {}) => host.request({ path: host.house.images.foreign(site + path), headers });
  return { host, site, get, asked };
}

const sends =
  (type: string, body: string | Buffer): RequestListener =>
  (_, response) =>
    response.writeHead(200, { "content-type": type }).end(body);

test("a picture of another site comes from the hub and from blogs alike, kept for long, without cookies, and once", async (t) => {
  const { host, site, get, asked } = await open(t, { "/a.png": sends("text/html", png) });
  const path = host.house.images.foreign(`${site}/a.png`);

  const answer = await get("/a.png", { cookie: "sid=1; scheme=dark" });

  t.deepEqual([answer.status, answer.headers["content-type"]], [200, "image/webp"], "the bytes say what it is");
  t.is(answer.headers["cache-control"], "public, max-age=2592000, immutable");
  t.is(answer.headers["content-security-policy"], "default-src 'none'; sandbox");
  t.is(answer.headers["x-content-type-options"], "nosniff");
  t.is(answer.headers["cross-origin-resource-policy"], "cross-origin");
  t.deepEqual([answer.headers["set-cookie"], answer.headers.vary], [undefined, undefined]);
  t.is((await sharp(answer.bytes).metadata()).width, 300);

  const onHub = await host.request({ path, host: "hub.example" });
  t.deepEqual([onHub.status, onHub.headers.etag, onHub.headers["set-cookie"]], [200, answer.headers.etag, undefined]);
  const known = await get("/a.png", { "if-none-match": `"x", W/${answer.headers.etag}` });
  t.deepEqual([known.status, known.bytes.length], [304, 0]);
  const head = await host.request("HEAD", path);
  t.deepEqual([head.status, head.headers["content-length"], head.bytes.length], [200, String(answer.bytes.length), 0]);
  t.deepEqual(asked, ["/a.png"]);

  t.is((await host.request({ path, host: "stranger.example" })).status, 404);
  t.not((await host.request({ method: "POST", path, form: {} })).status, 200);
  const coded = Buffer.from(`${site}/b.png`).toString("base64url");
  for (const forged of [
    path.replace(/[\w-]+$/, coded),
    path.replace("/1280/", "/128/"),
    `${path}?x`,
    `/foreign/${"A".repeat(22)}/1280/${coded}`,
  ])
    t.is((await host.get(forged)).status, 404, forged);
  t.deepEqual(asked, ["/a.png"], "nobody was asked for what we did not write");
});

test("a face beside an answer below a post comes from the blog's own host, a blog's picture from where it is", async (t) => {
  const { host, site } = await open(t, { "/lee.png": sends("image/png", png) });
  const post = await host.publish({ text: `![Reeds](${site}/reeds.png)` });
  const own = `${host.blog.url}media/ana.png`;
  const answer = { kind: "reply", html: "<p>Hello</p>", via: "webmention", postId: post.id } as const;
  for (const [name, photo] of Object.entries({ lee: `${site}/lee.png`, ana: own }))
    await receive(host.scope(), { ...answer, source: `https://${name}.example/1`, author: { name, photo } });

  const { text } = await host.get(post.path);

  const faces = [...text.matchAll(/<img class="u-photo[^"]*" src="([^"]+)"/g)].map(([, src]) => src!);
  t.deepEqual(faces.toSorted(), [host.house.images.face(`${site}/lee.png`), own].toSorted());
  const face = await host.get(host.house.images.face(`${site}/lee.png`));
  t.is((await sharp(face.bytes).metadata()).width, 128);
  t.true(text.includes(`${site}/reeds.png`), "what authors show on their own pages is theirs");
});

test("what is no sound picture is refused alike and leads nowhere: pages, drawings, bombs, floods, silence, ways inside", async (t) => {
  let isInside = false;
  const sent = { flood: 0, pages: 0 };
  const flood =
    (name: keyof typeof sent, start: Buffer): RequestListener =>
    (_, response) => {
      response.writeHead(200, { "content-type": "image/png" }).write(start);
      const piece = Buffer.alloc(1_000_000);
      const more = () => {
        while (sent[name] < 100 && !response.destroyed) if ((sent[name]++, !response.write(piece))) return;
      };
      response.on("drain", more);
      more();
    };
  const inside = createServer((_, response) => ((isInside = true), response.end(png)));
  await new Promise<void>((resolve) => inside.listen(0, "127.0.0.1", resolve));
  t.teardown(() => inside.close());
  const { get, host, site } = await open(t, {
    "/page.png": sends("image/png", "<!doctype html><script>alert(1)</script>".padEnd(400)),
    "/drawing.png": sends("image/png", svg),
    "/drawing.svg": sends("image/svg+xml", `<?xml version="1.0"?>${svg}`),
    "/bomb.png": sends("image/png", bomb()),
    "/half.png": sends("image/png", png.subarray(0, 90)),
    "/tiny.png": sends("image/png", png.subarray(0, 9)),
    "/announced.png": (_, response) => response.writeHead(200, { "content-length": "100000000" }).write(png),
    "/flood.png": flood("flood", png),
    "/pages.png": flood("pages", Buffer.from("<!doctype html>".padEnd(400))),
    "/silent.png": () => {},
    "/slow.png": (_, response) => void response.writeHead(200).write(png.subarray(0, 40)),
    "/inside.png": (_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${(inside.address() as AddressInfo).port}/` }).end(),
    "/round.png": (_, response) => response.writeHead(302, { location: "/round.png" }).end(),
  });
  const paths = [
    "page",
    "drawing",
    "bomb",
    "half",
    "tiny",
    "announced",
    "flood",
    "pages",
    "silent",
    "slow",
    "inside",
    "round",
    "gone",
  ];

  const answers = await Promise.all([...paths.map((name) => `/${name}.png`), "/drawing.svg"].map((path) => get(path)));

  for (const [at, { status, text, headers }] of answers.entries())
    t.deepEqual([status, text, headers["cache-control"]], [404, "This picture cannot be shown.", "no-store"], paths[at]);
  t.true(sent.flood < 30 && sent.pages < 6, `${JSON.stringify(sent)} MB were sent`);
  t.false(isInside);
  t.is((await get("/page.png")).status, 404);
  t.is((await host.request({ path: host.house.images.face(`${site}/page.png`) })).status, 404);
  t.deepEqual(host.failures(), []);
});

test("the policy of a hub's page names the blogs whose pictures it shows, and opens sound of others where it has a player", (t) => {
  const own = { isOwn: (origin: string) => origin.startsWith("https://kim.example") };
  const policy = "img-src 'self' data: blob:; media-src 'self' blob:";
  const shown = (html: string) => withShownOrigins(policy, html, own);

  t.is(shown('<img src="/foreign/x"> <a href="https://lee.example/">'), policy);
  t.is(shown('<img src="https://lee.example/a.jpg"> src=&quot;https://lee.example/'), policy, "pictures of others stay shut out");
  const blogs = "img-src 'self' https://kim.example data: blob:; media-src 'self' https://kim.example blob:";
  t.is(shown('<img src="https://kim.example/media/a.jpg"><img srcset="https://kim.example/b.jpg 2x">'), blogs);
  t.is(shown("<iframe srcdoc='&lt;img src=&quot;https://kim.example/a.jpg&quot;'>"), blogs);
  t.is(shown('<audio src="https://kim.example/a.mp3">'), blogs);
  t.is(shown('<audio src="https://lee.example/a.mp3">'), "img-src 'self' data: blob:; media-src 'self' http: https: blob:");
});
