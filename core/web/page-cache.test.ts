import test from "ava";
import type { IncomingMessage, ServerResponse } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { cachedPage, PageCache, sendPage } from "./page-cache.ts";

const body = Buffer.from("<p>birds</p>".repeat(200));
const page = () => cachedPage("1", body, { "content-type": "text/html; charset=utf-8" });

function sent(headers: Record<string, string>, method = "GET") {
  const out = { status: 0, headers: {} as Record<string, string>, body: undefined as Buffer | undefined };
  const response = {
    writeHead(status: number, flat: string[]) {
      out.status = status;
      for (let i = 0; i < flat.length; i += 2) out.headers[flat[i]!] = flat[i + 1]!;
    },
    end: (bytes?: Buffer) => (out.body = bytes),
  };
  sendPage({ headers, method } as unknown as IncomingMessage, response as unknown as ServerResponse, page());
  return out;
}

test("a page is kept under its stamp only", (t) => {
  const cache = new PageCache();
  const kept = cache.keep("a", page());

  t.is(cache.get("a", "1"), kept);
  t.is(cache.get("a", "2"), null);
  t.is(cache.get("b", "1"), null);
});

test("memory has a limit, and the oldest pages go first", (t) => {
  const cache = new PageCache(15_000);

  for (const key of ["a", "b", "c", "d"]) cache.keep(key, page());

  t.is(cache.get("a", "1"), null);
  t.truthy(cache.get("d", "1"));
});

for (const [accepted, encoding] of [
  [undefined, undefined],
  ["gzip", "gzip"],
  ["br, gzip", "br"],
  ["gzip;q=1.0, br;q=0", "gzip"],
  ["identity", undefined],
  ["x-gzip-not", undefined],
] as const) {
  test(`a reader who accepts “${accepted}” gets ${encoding ?? "plain bytes"}`, (t) => {
    const { status, headers, body: bytes } = sent(accepted === undefined ? {} : { "accept-encoding": accepted });

    t.is(status, 200);
    t.is(headers["content-encoding"], encoding);
    t.is(headers["content-length"], String(bytes!.length));
    t.is(headers.vary, "accept-encoding");
    const plain = encoding === "gzip" ? gunzipSync(bytes!) : encoding === "br" ? brotliDecompressSync(bytes!) : bytes!;
    t.deepEqual(plain, body);
  });
}

test("a reader who has the page gets 304 without a body, also among several and weak validators", (t) => {
  const { etag } = page();

  for (const header of [etag, `W/${etag}`, `"other", ${etag}`, "*"])
    t.like(sent({ "if-none-match": header }), { status: 304, body: undefined });
  t.is(sent({ "if-none-match": '"other"' }).status, 200);
});

test("HEAD has the headers of GET and no body", (t) => {
  t.like(sent({}, "HEAD"), { status: 200, body: undefined });
});
