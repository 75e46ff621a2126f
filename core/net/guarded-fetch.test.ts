import test, { type ExecutionContext } from "ava";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline, Readable } from "node:stream";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { Lookup } from "./fetch-destination.ts";
import { createGuardedFetch, type FetchInit, FetchRefused, type GuardOptions } from "./guarded-fetch.ts";

const AGENT = "Rookery/1 (+https://hub.example/)";
const loopback: Lookup = async () => [{ address: "127.0.0.1", family: 4 }];

/** A site on loopback that the guard may reach as ana.example, and nothing else. */
async function site(t: ExecutionContext, listener: RequestListener, options: Partial<GuardOptions> = {}) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const fetch = createGuardedFetch({ userAgent: AGENT, allow: [`ana.example:${port}`], lookup: loopback, ...options });
  return { fetch, port, url: (path = "/") => `http://ana.example:${port}${path}` };
}

async function reasonOf(t: ExecutionContext, promise: Promise<unknown>): Promise<string> {
  return (await t.throwsAsync(promise, { instanceOf: FetchRefused })).reason;
}

const forbidden: [url: string, reason: string][] = [
  ...[
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0x7f.1/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://１２７.0.0.1/",
    "http://127。0。0。1/",
  ].map((url): [string, string] => [url, "address"]),
  ...[
    "http://localhost/",
    "http://localhost./",
    "http://kim.localhost/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:127.0.0.1]/",
  ].map((url): [string, string] => [url, "address"]),
  ...[
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fd00::1]/",
    "http://10.0.0.1/",
    "https://192.168.0.1/",
    "http://0/",
  ].map((url): [string, string] => [url, "address"]),
  ...["http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://100.100.100.200/", "http://168.63.129.16/"].map(
    (url): [string, string] => [url, "address"],
  ),
  ...[
    "ftp://kim.example/",
    "file:///etc/passwd",
    "gopher://kim.example/",
    "data:text/html,x",
    "javascript:alert(1)",
    "//kim.example/",
    "kim.example",
    "",
  ].map((url): [string, string] => [url, "scheme"]),
  ...["http://kim:secret@kim.example/", "http://@", `http://kim.example/${"x".repeat(2_048)}`].map((url): [string, string] => [
    url,
    "scheme",
  ]),
  ...["http://kim.example:22/", "http://kim.example:25/", "http://kim.example:6379/", "https://kim.example:3306/"].map(
    (url): [string, string] => [url, "port"],
  ),
];

for (const [url, reason] of forbidden) {
  test(`F2, F3: ${url.slice(0, 60)} is refused`, async (t) => {
    const fetch = createGuardedFetch({ userAgent: AGENT, lookup: async () => [{ address: "1.1.1.1", family: 4 }] });

    t.is(await reasonOf(t, fetch(url)), reason);
  });
}

test("F4: one private answer among public ones refuses the name", async (t) => {
  const lookup: Lookup = async () => [
    { address: "1.1.1.1", family: 4 },
    { address: "::ffff:10.0.0.1", family: 6 },
  ];

  t.is(await reasonOf(t, createGuardedFetch({ userAgent: AGENT, lookup })("http://kim.example/")), "address");
});

test("F4: a name is looked up once, so it cannot change between check and connection", async (t) => {
  let lookups = 0;
  const { fetch, url } = await site(t, (_, response) => response.end("ok"), {
    lookup: async () => (lookups++, [{ address: "127.0.0.1", family: 4 }]),
  });

  await fetch(url());

  t.is(lookups, 1);
});

test("F8: closed, private and unknown addresses read the same to the person who gave them", async (t) => {
  const fetch = createGuardedFetch({ userAgent: AGENT, lookup: () => Promise.reject(new Error("ENOTFOUND kim.example")) });
  const messages = await Promise.all(
    ["http://kim.example/", "http://10.0.0.1/", "http://1.1.1.1:22/"].map(
      async (url) => (await t.throwsAsync(fetch(url)))?.message,
    ),
  );

  t.is(new Set(messages).size, 1);
});

test("an answer has its status, headers, text and address, and no cookies", async (t) => {
  const { fetch, url } = await site(t, (request, response) => {
    response
      .writeHead(203, { "content-type": "text/html", link: "<a>; rel=b", "set-cookie": "a=b" })
      .end(`hi ${request.headers["user-agent"]} ${request.headers.host}`);
  });

  const response = await fetch(url("/x#y"), { purpose: "page" });

  t.is(response.status, 203);
  t.is(response.url, url("/x"));
  t.is(response.headers.get("link"), "<a>; rel=b");
  t.false(response.headers.has("set-cookie"));
  t.is(await response.text(), `hi ${AGENT} ${new URL(url()).host}`);
});

test("forms are sent with their type, and headers of the connection cannot be set", async (t) => {
  const { fetch, url } = await site(t, async (request, response) => {
    const body = (await Array.fromAsync(request)).join("");
    response.end(
      JSON.stringify([
        request.method,
        request.headers["content-type"],
        request.headers["x-forwarded-for"],
        request.headers.cookie,
        body,
      ]),
    );
  });

  const init: FetchInit = {
    method: "POST",
    body: new URLSearchParams({ source: "a", target: "b" }),
    headers: { "X-Forwarded-For": "1.1.1.1", Cookie: "a=b", Host: "kim.example" },
  };

  t.deepEqual(await (await fetch(url(), init)).json(), [
    "POST",
    "application/x-www-form-urlencoded;charset=UTF-8",
    null,
    null,
    "source=a&target=b",
  ]);
});

for (const target of [
  "http://127.0.0.1/",
  "http://kim.example/",
  "http://[::ffff:7f00:1]/",
  "http://169.254.169.254/",
  "//10.0.0.1/",
  "http://localhost/",
]) {
  test(`F5: a redirect to ${target} is refused`, async (t) => {
    const { fetch, url } = await site(t, (_, response) => response.writeHead(302, { location: target }).end());

    t.is(await reasonOf(t, fetch(url())), "address");
  });
}

test("F5: a redirect to the same machine under another name is refused", async (t) => {
  const { fetch, port, url } = await site(t, (_, response) =>
    response.writeHead(307, { location: `http://kim.example:${port}/` }).end(),
  );

  t.is(await reasonOf(t, fetch(url())), "port");
});

test("F5: five redirects are followed, a sixth is not, and the last address is told", async (t) => {
  const { fetch, url } = await site(t, (request, response) => {
    const left = Number(request.url?.slice(1));
    if (left === 0) response.end("there");
    else response.writeHead(301, { location: `/${left - 1}` }).end("moved");
  });

  const response = await fetch(url("/5"));

  t.is(response.url, url("/0"));
  t.true(response.redirected);
  t.is(await reasonOf(t, fetch(url("/6"))), "redirects");
});

test("F5: credentials stay with the origin they were given for, and every hop is signed anew", async (t) => {
  const seen: unknown[] = [];
  const { port, url } = await site(t, (request, response) => {
    seen.push([request.headers.authorization, request.headers["x-signed"]]);
    if (request.url === "/") response.writeHead(302, { location: `http://lee.example:${port}/b` }).end();
    else response.end();
  });
  const fetch = createGuardedFetch({ userAgent: AGENT, allow: [`ana.example:${port}`, `lee.example:${port}`], lookup: loopback });

  await fetch(url(), { headers: { authorization: "Bearer x" }, sign: (hop) => ({ "x-signed": new URL(hop.url).hostname }) });

  t.deepEqual(seen, [
    ["Bearer x", "ana.example"],
    [undefined, "lee.example"],
  ]);
});

test("a redirect can be handed on or refused instead", async (t) => {
  const { fetch, url } = await site(t, (_, response) => response.writeHead(302, { location: "http://10.0.0.1/" }).end());

  t.is((await fetch(url(), { redirect: "manual" })).headers.get("location"), "http://10.0.0.1/");
  t.is(await reasonOf(t, fetch(url(), { redirect: "error" })), "redirects");
});

for (const [encoding, compress] of [
  ["gzip", gzipSync],
  ["deflate", deflateSync],
  ["br", brotliCompressSync],
] as const) {
  test(`F6: ${encoding} is unpacked`, async (t) => {
    const { fetch, url } = await site(t, (_, response) =>
      response.writeHead(200, { "content-encoding": encoding }).end(compress("Hello kim")),
    );

    t.is(await (await fetch(url())).text(), "Hello kim");
  });

  test(`F6: a ${encoding} bomb is stopped`, async (t) => {
    const bomb = compress(Buffer.alloc(900_000));
    const { fetch, url } = await site(t, (_, response) => response.writeHead(200, { "content-encoding": encoding }).end(bomb));

    t.is(await reasonOf(t, fetch(url())), "too-large");
  });
}

const answers: [title: string, listener: RequestListener, init: FetchInit, reason: string][] = [
  [
    "a declared size over the limit",
    (_, response) => response.writeHead(200, { "content-length": "2000000" }).flushHeaders(),
    {},
    "too-large",
  ],
  ["an endless body", (_, response) => endless(response), { maxBytes: 100_000 }, "too-large"],
  [
    "two encodings",
    (_, response) => response.writeHead(200, { "content-encoding": "gzip, gzip" }).end(gzipSync(gzipSync("x"))),
    {},
    "type",
  ],
  ["broken compression", (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("no gzip"), {}, "network"],
  [
    "a page where a feed was expected",
    (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>"),
    { purpose: "feed" },
    "type",
  ],
  ["no type where one was expected", (_, response) => response.end("<p>"), { purpose: "page" }, "type"],
  [
    "JSON where ActivityPub was expected",
    (_, response) => response.writeHead(200, { "content-type": "application/json" }).end("{}"),
    { purpose: "activitypub" },
    "type",
  ],
  [
    "JSON-LD without the profile",
    (_, response) => response.writeHead(200, { "content-type": "application/ld+json" }).end("{}"),
    { purpose: "activitypub" },
    "type",
  ],
  [
    "a page that says it is an image",
    (_, response) => response.writeHead(200, { "content-type": "image/png" }).end("<html><body>hello</body></html>"),
    { purpose: "media" },
    "type",
  ],
  ["an unreal status", (_, response) => response.writeHead(999).end(), {}, "network"],
  ["headers without end", (_, response) => response.writeHead(200, { a: "x".repeat(40_000) }).end(), {}, "network"],
  [
    "a connection cut in the middle",
    (_, response) => void response.writeHead(200, { "content-length": "10" }).write("abc", () => response.destroy()),
    {},
    "network",
  ],
];

for (const [title, listener, init, reason] of answers) {
  test(`F6, F7: ${title} is refused`, async (t) => {
    const { fetch, url } = await site(t, listener);

    t.is(await reasonOf(t, fetch(url(), init)), reason);
  });
}

const slow: [title: string, listener: RequestListener, init: FetchInit, options: Partial<GuardOptions>][] = [
  ["never answers", () => undefined, {}, { limits: { firstByteMs: 30 } }],
  ["never ends", (_, response) => void response.write("a"), { timeout: 60 }, {}],
  ["drips", (_, response) => void response.write("a"), {}, { limits: { graceMs: 30, bytesPerSecond: 100_000 } }],
];

for (const [title, listener, init, options] of slow) {
  test(`F6: a site that ${title} is given up`, async (t) => {
    const { fetch, url } = await site(t, listener, options);

    t.is(await reasonOf(t, fetch(url(), init)), "timeout");
  });
}

test("a caller can call the request off", async (t) => {
  const controller = new AbortController();
  const { fetch, url } = await site(t, () => controller.abort());

  t.is(await reasonOf(t, fetch(url(), { signal: controller.signal })), "aborted");
});

test("ActivityPub is taken with either of its types", async (t) => {
  const types = [
    "application/activity+json; charset=utf-8",
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
  ];
  const { fetch, url } = await site(t, (request, response) =>
    response.writeHead(200, { "content-type": types[Number(request.url?.slice(1))] }).end("{}"),
  );

  for (const at of types.keys()) t.deepEqual(await (await fetch(url(`/${at}`), { purpose: "activitypub" })).json(), {});
});

test("an error page of another type still tells its status", async (t) => {
  const { fetch, url } = await site(t, (_, response) => response.writeHead(410, { "content-type": "text/html" }).end("gone"));

  const response = await fetch(url(), { purpose: "activitypub" });

  t.is(response.status, 410);
  t.is(await response.text(), "");
});

test("media can be read as it arrives, and stopped", async (t) => {
  const png = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(200_000)]);
  const { fetch, url } = await site(t, (_, response) => response.end(png));

  t.is((await (await fetch(url(), { purpose: "media", stream: true })).bytes()).length, png.length);
  await t.notThrowsAsync(async () => (await fetch(url(), { purpose: "media", stream: true })).body?.cancel());
});

test("an oversized body that is read as it arrives fails while it is read", async (t) => {
  const { fetch, url } = await site(t, (_, response) => endless(response));
  const response = await fetch(url(), { stream: true, maxBytes: 100_000 });

  t.is(await reasonOf(t, response.text()), "too-large");
});

test("a closed network reaches loopback on any port, but not cloud metadata", async (t) => {
  const { port } = await site(t, (_, response) => response.end("inside"));
  const fetch = createGuardedFetch({ userAgent: AGENT, privateNetwork: true });

  t.is(await (await fetch(`http://127.0.0.1:${port}/`)).text(), "inside");
  t.is(await (await fetch(`http://kim.localhost:${port}/`)).text(), "inside");
  t.is(await reasonOf(t, fetch("http://169.254.169.254/")), "address");
});

test("nothing is fetched inside a write", async (t) => {
  const assertOutsideTransaction = () => {
    throw new Error("inside a write");
  };
  const { fetch, url } = await site(t, () => t.fail(), { assertOutsideTransaction });

  await t.throwsAsync(fetch(url()), { message: "inside a write" });
});

test("F9: a host that keeps failing is left alone without being asked", async (t) => {
  let asked = 0;
  const { fetch, url } = await site(t, (request) => (asked++, request.socket.destroy()));

  for (let attempt = 0; attempt < 5; attempt++) t.is(await reasonOf(t, fetch(url())), "network");
  t.is(await reasonOf(t, fetch(url())), "busy");
  t.is(asked, 5);
});

function endless(response: Parameters<RequestListener>[1]): void {
  const source = new Readable({ read: () => source.push(Buffer.alloc(16_384, "x")) });
  pipeline(source, response, () => undefined);
}

test("this machine is never asked where the caller says so, however open the settings are", async (t) => {
  const { fetch, url } = await site(t, (_request, response) => response.end("here"), { privateNetwork: true });

  t.is((await fetch(url())).status, 200);
  t.is(await reasonOf(t, fetch(url(), { loopback: false })), "address");
  for (const host of ["localhost", "127.0.0.1", "127.1", "0x7f.1", "[::1]", "[::ffff:7f00:1]", "[::]", "0.0.0.0"])
    t.is(await reasonOf(t, fetch(`http://${host}/`, { loopback: false })), "address", host);
});
