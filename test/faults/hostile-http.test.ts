import test from "ava";
import { once } from "node:events";
import { connect } from "node:net";
import { createTestHost, type TestHost } from "../../core/testing/test-host.ts";
import { definePlugin } from "../../core/plugin.ts";
import { makeWeb } from "../../core/start.ts";
import { sendRaw } from "./raw-socket.ts";

const inbox = definePlugin({
  id: "inbox",
  name: "Inbox",
  description: "Takes what is sent.",
  version: "1.0.0",
  api: 1,
  routes: [
    {
      method: "POST",
      path: "/inbox/:name",
      on: "blog",
      access: "public",
      limit: 1000,
      run: async (request) =>
        request.params.name === "json" ? { json: await request.json() } : { text: (await request.form()).toString() },
    },
  ],
});

let host: TestHost;
const unwinding: (() => unknown)[] = [];
test.before(async () => {
  host = await createTestHost({ teardown: (work) => void unwinding.unshift(work) }, { plugins: [inbox as never] });
  await host.publish({ text: "Still here", slug: "here", publishedAt: "2026-05-01T10:00:00Z" });
});
test.after.always(async () => {
  for (const work of unwinding) await work();
});

const get = (path: string, ...headers: string[]) => request(`GET ${path} HTTP/1.1`, "Host: kim.example", ...headers);
const request = (...lines: string[]) => `${lines.join("\r\n")}\r\n\r\n`;
const post = (path: string, body: string, ...headers: string[]) =>
  `${request(`POST ${path} HTTP/1.1`, "Host: kim.example", ...headers)}${body}`;
const form = "Content-Type: application/x-www-form-urlencoded";

// What is sent, and the answers that are right for it; 0 is a connection closed without any.
const cases: [name: string, bytes: string | Buffer, ...allowed: number[]][] = [
  ["no HTTP at all", "hello there\r\n\r\n", 400],
  ["random bytes", Buffer.from([0, 255, 254, 13, 10, 0, 13, 10, 13, 10]), 400],
  ["a TLS hello", Buffer.from("1603010200010001fc0303", "hex"), 400],
  ["a request line with too many words", request("GET / / HTTP/1.1", "Host: kim.example"), 400],
  ["an unknown version", request("GET / HTTP/9.9", "Host: kim.example"), 400],
  ["no Host", request("GET / HTTP/1.1"), 400],
  ["two Hosts", request("GET / HTTP/1.1", "Host: kim.example", "Host: lee.example"), 400],
  ["two equal Hosts", request("GET / HTTP/1.1", "Host: kim.example", "host: kim.example"), 400],
  ["a Host with a space", request("GET / HTTP/1.1", "Host: kim example"), 400],
  ["a Host with a path", request("GET / HTTP/1.1", "Host: kim.example/../x"), 400],
  ["a Host with a user", request("GET / HTTP/1.1", "Host: kim@kim.example"), 400],
  ["a Host of 10,000 letters", request("GET / HTTP/1.1", `Host: ${"x".repeat(10_000)}`), 400],
  ["an unknown Host", request("GET / HTTP/1.1", "Host: stranger.example"), 404],
  ["an absolute target", get("http://kim.example/"), 400, 200],
  ["an absolute target elsewhere", get("http://169.254.169.254/latest/meta-data"), 400],
  ["a target that is only a host", get("kim.example"), 400],
  ["an asterisk", request("OPTIONS * HTTP/1.1", "Host: kim.example"), 400],
  ["a tunnel", request("CONNECT kim.example:443 HTTP/1.1", "Host: kim.example:443"), 0, 400, 405],
  ["a trace", request("TRACE / HTTP/1.1", "Host: kim.example", "Cookie: secret"), 405],
  ["a method of WebDAV", request("PROPFIND / HTTP/1.1", "Host: kim.example"), 405],
  ["an invented method", request("BREW / HTTP/1.1", "Host: kim.example"), 400],
  ["a small method", request("get / HTTP/1.1", "Host: kim.example"), 400],
  ["two slashes", get("//"), 404],
  ["two slashes and a bracket", get("//["), 404],
  ["two slashes and a broken port", get("//a:b"), 404],
  ["another site's address", get("//lee.example/"), 404],
  ["a backslash", get("/\\..\\etc"), 400],
  ["a null byte, encoded", get("/a%00b"), 400, 404],
  ["broken UTF-8, encoded", get("/%ff%fe"), 400, 404],
  ["a cut-off percent", get("/%"), 400, 404],
  ["a percent of letters", get("/%zz"), 400, 404],
  ["a raw null byte", get("/a\0b"), 400],
  ["a raw high byte", get("/\xff"), 400, 404],
  ["a surrogate", get("/%ed%a0%80"), 400, 404],
  ["dots", get("/../../etc/passwd"), 404],
  ["encoded dots", get("/%2e%2e/%2e%2e/etc/passwd"), 404],
  ["encoded slashes", get("/..%2f..%2fetc%2fpasswd"), 404],
  ["dots in assets", get("/assets/..%2f..%2fpackage.json"), 404],
  ["dots in assets, plain", get("/assets/perch/../../../package.json"), 404],
  ["dots in media", get("/media/..%2f..%2frookery.db"), 404],
  ["a null byte in media", get("/media/a%00.png"), 404],
  ["a prototype in assets", get("/assets/__proto__/constructor"), 404],
  ["a long address", get(`/${"a".repeat(5000)}`), 400, 404, 414],
  ["an address beyond the header's limit", get(`/${"a".repeat(20_000)}`), 431, 414, 400],
  ["a long path below the limit", get(`/${"a/".repeat(1500)}`), 404],
  ["a huge query", get(`/?${"a=b&".repeat(900)}`), 200, 400],
  ["a query of brackets", get("/?a[__proto__][x]=1&before[]=2"), 200, 404],
  ["a cursor that is none", get("/?before=%00%ff"), 200, 404, 400],
  ["a page number beyond all", get("/?page=99999999999999999999"), 200, 404],
  ["a month that is none", get("/2026/13"), 404],
  ["a year that is none", get("/99999"), 404],
  ["a date of nothing", get("/0000/00"), 404],
  ["a category of nothing", get("/categories/%00"), 404, 400],
  ["200 headers", get("/", ...Array.from({ length: 200 }, (_, n) => `X-${n}: y`)), 200, 431],
  ["headers of 20,000 bytes", get("/", `X: ${"y".repeat(20_000)}`), 431],
  ["a header without a name", get("/", ": x"), 400],
  ["a header with a space in its name", get("/", "a b: x"), 400],
  ["a folded header", get("/", "a: b", " c"), 400, 200],
  ["a header with a null byte", get("/", "a: \0"), 400],
  ["a cookie of nonsense", get("/", "Cookie: ;;;=;rk=%ff;=\x7f"), 200, 400],
  ["an If-None-Match of nonsense", get("/", 'If-None-Match: ",,W/"'), 200],
  ["an If-None-Match of thousands", get("/", `If-None-Match: ${'"a",'.repeat(3000)}`), 200],
  ["an If-Modified-Since of nonsense", get("/", "If-Modified-Since: yesterday"), 200],
  ["an Accept-Encoding of nonsense", get("/", "Accept-Encoding: ;q=,,br;q=x"), 200],
  ["a Range on a page", get("/", "Range: bytes=5-1"), 200],
  ["a Range of nonsense", get("/media/none.png", "Range: bytes=-999999999999999999"), 404],
  ["an upgrade", get("/", "Connection: Upgrade", "Upgrade: websocket"), 200, 400, 426],
  ["an upgrade to HTTP/2", get("/", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: x"), 200],
  ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, 0],
  ["an expectation that is none", get("/", "Expect: the-best"), 417],
  ["a GET with a body", `${get("/", "Content-Length: 5")}hello`, 200],
  ["a HEAD", request("HEAD / HTTP/1.1", "Host: kim.example"), 200],
  ["a HEAD of nothing", request("HEAD /none HTTP/1.1", "Host: kim.example"), 404],
  ["a POST to a page", post("/", "a=b", form, "Content-Length: 3"), 405],
  ["a POST to a post", post("/2026/05/01/here", "a=b", form, "Content-Length: 3"), 405],
  ["a DELETE", request("DELETE / HTTP/1.1", "Host: kim.example"), 405],
  ["a length of letters", post("/", "", form, "Content-Length: abc"), 400],
  ["a negative length", post("/", "", form, "Content-Length: -1"), 400],
  ["two lengths", post("/", "abc", form, "Content-Length: 3", "Content-Length: 4"), 400],
  ["a length and chunks", post("/", "0\r\n\r\n", form, "Content-Length: 3", "Transfer-Encoding: chunked"), 400],
  ["chunks of nonsense", post("/", "zz\r\n", form, "Transfer-Encoding: chunked"), 400, 405],
  ["an unknown transfer", post("/", "", form, "Transfer-Encoding: gzip"), 400, 405],
  ["a length without an end", post("/", "", form, "Content-Length: 99999999999999999999"), 400, 405],
  [
    "a form to the hub without Origin",
    `${request("POST /signin HTTP/1.1", "Host: hub.example", form, "Content-Length: 3")}a=b`,
    404,
    403,
    405,
  ],
  ["two slashes to the hub", request("GET //[ HTTP/1.1", "Host: hub.example"), 404],
  ["broken UTF-8 to the hub", request("GET /%ff HTTP/1.1", "Host: hub.example"), 404, 400],
  ["metrics without a token", get("/metrics", "Authorization: Bearer \xff\xff"), 401],
  ["a null byte to the hub", request("GET /a%00b HTTP/1.1", "Host: hub.example"), 404, 400],
  ["a raw null byte to the hub", request("GET /a\0b HTTP/1.1", "Host: hub.example"), 400],
  ["a cut-off percent to the hub", request("GET /% HTTP/1.1", "Host: hub.example"), 404, 400],
  ["dots to the hub", request("GET /..%2f..%2fetc%2fpasswd HTTP/1.1", "Host: hub.example"), 404],
  ["headers of 20,000 bytes to the hub", request("GET / HTTP/1.1", "Host: hub.example", `X: ${"y".repeat(20_000)}`), 431],
  [
    "a cookie of 15,000 bytes to the hub",
    request("GET / HTTP/1.1", "Host: hub.example", `Cookie: ${"a=b;".repeat(3800)}`),
    404,
    303,
  ],
  ["a broken port in the Host", request("GET / HTTP/1.1", "Host: kim.example:99999999"), 400],
  ["a Host of dots", request("GET / HTTP/1.1", "Host: ..."), 400, 404],
  ["an empty Host", request("GET / HTTP/1.1", "Host: "), 400],
  ["a Host of brackets", request("GET / HTTP/1.1", "Host: [::::]"), 400, 404],
  ["a Host in another script", request("GET / HTTP/1.1", "Host: k\xefm.example"), 400],
  ["a further host with broken letters", request("GET /%ff%00?a=%zz HTTP/1.1", "Host: kim.hub.example"), 301],
  ["a further host with two slashes", request("GET //stranger.example HTTP/1.1", "Host: kim.hub.example"), 301],
  ["a POST to a further host", request("POST / HTTP/1.1", "Host: kim.hub.example", form, "Content-Length: 0"), 308],
  ["a POST to health", post("/healthz", "a=b", form, "Content-Length: 3"), 405],
  ["an address of nonsense in a plugin", post("/inbox/%ff%00", "a=b", form, "Content-Length: 3"), 400, 404, 405],
  ["an address cut off in a plugin", post("/inbox/%", "a=b", form, "Content-Length: 3"), 400, 404, 405],
  ["a body larger than a plugin takes", post("/inbox/a", "x".repeat(1001), form, "Content-Length: 1001"), 413],
  ["a body said to be larger than it takes", post("/inbox/a", "x", form, "Content-Length: 999999999"), 413],
  [
    "chunks larger than it takes",
    post("/inbox/a", `7d0\r\n${"x".repeat(2000)}\r\n0\r\n\r\n`, form, "Transfer-Encoding: chunked"),
    413,
  ],
  ["a packed body", post("/inbox/a", "x", form, "Content-Encoding: gzip", "Content-Length: 1"), 415],
  ["a form of nonsense", post("/inbox/a", "%ff=%zz&\0=\xff", form, "Content-Length: 11"), 200, 400],
  ["JSON of nonsense", post("/inbox/json", '{"a":', "Content-Type: application/json", "Content-Length: 5"), 400],
  ["JSON in a deep hole", post("/inbox/json", "[".repeat(900), "Content-Type: application/json", "Content-Length: 900"), 400],
  ["HTTP/1.0 without a Host", request("GET / HTTP/1.0"), 400],
];

for (const [name, bytes, ...allowed] of cases) {
  test.serial(`${name}: answered with ${allowed.join(" or ")}, and the server lives`, async (t) => {
    const errors = host.logged.filter((line) => line.level === "error").length;
    const { status, text } = await sendRaw(host.port, bytes);

    t.true(allowed.includes(status), `${status} ${text.slice(0, 300)}`);
    t.notRegex(text, /at \/|node_modules|SQLITE|root:x/);
    t.is(host.logged.filter((line) => line.level === "error").length, errors);
    t.is((await host.get("/2026/05/01/here")).status, 200);
  });
}

test("who breaks off in the middle of a body, or never sends it, costs a plugin nothing", async (t) => {
  const web = makeWeb(host.house, [], {
    patience: { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 },
  });
  t.teardown(() => web.close());
  const port = await web.listen(0, "127.0.0.1");
  const cutOff = post("/inbox/a", "half", form, "Content-Length: 100");

  // The server's patience ends before the plugin's limit of ten seconds; either end breaks the body off.
  const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await sendRaw(port, cutOff)).status));
  const gone = connect(port, "127.0.0.1");
  gone.on("error", () => undefined).write(cutOff);
  await once(gone, "ready");
  gone.resetAndDestroy();

  t.true(
    statuses.every((status) => [0, 400, 408].includes(status)),
    statuses.join(" "),
  );
  t.is((await sendRaw(port, post("/inbox/a", "a=b", form, "Content-Length: 3"))).status, 200);
  t.deepEqual(host.failures(), []);
});

test("who is slow to send headers or a body is let go with 408, others are served meanwhile", async (t) => {
  const patience = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 };
  const web = makeWeb(host.house, [], { patience });
  t.teardown(() => web.close());
  const port = await web.listen(0, "127.0.0.1");

  const slow = [
    sendRaw(port, "GET / HT"),
    sendRaw(port, "GET / HTTP/1.1\r\nHost: kim.exa"),
    sendRaw(port, `GET / HTTP/1.1\r\nX: y\r\n`),
  ];
  const served = await sendRaw(port, get("/", "Connection: close"));
  const statuses = (await Promise.all(slow)).map(({ status }) => status);

  t.is(served.status, 200);
  t.deepEqual(statuses, [408, 408, 408]);
});
