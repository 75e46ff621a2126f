import test from "ava";
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { signS3 } from "./s3-sign.ts";
import { S3Store } from "./s3-store.ts";

test("a request is signed as the documentation's example is", (t) => {
  // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, “GET Object”
  const request = {
    method: "GET",
    url: new URL("https://examplebucket.s3.amazonaws.com/test.txt"),
    headers: { range: "bytes=0-9" },
    bodyHash: createHash("sha256").digest("hex"),
  };
  const keys = { key: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", region: "us-east-1" };

  const { authorization } = signS3(request, keys, new Date("2013-05-24T00:00:00Z"));

  t.regex(authorization!, /Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41$/);
});

/** A bucket in memory: just what the store asks of one. */
async function bucket(t: { teardown(work: () => unknown): void }) {
  const files = new Map<string, Buffer>();
  const asked: IncomingMessage[] = [];
  const server = createServer(async (request, response) => {
    asked.push(request);
    const body = Buffer.concat(await request.toArray());
    const url = new URL(request.url!, "http://x");
    const name = decodeURIComponent(url.pathname.replace(/^\/birds\/?/, ""));
    if (!request.headers.authorization?.startsWith("AWS4-HMAC-SHA256 Credential=kim/"))
      return response.writeHead(403).end("<Error><Code>AccessDenied</Code></Error>");
    if (url.searchParams.has("list-type")) return response.end(listing(files, url.searchParams.get("continuation-token")));
    if (request.method === "PUT") return files.set(name, body) && response.end();
    if (request.method === "DELETE") return files.delete(name) ? response.writeHead(204).end() : response.writeHead(404).end();
    const file = files.get(name);
    const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "");
    if (!file) return response.writeHead(404).end();
    return range ? response.writeHead(206).end(file.subarray(Number(range[1]), Number(range[2]) + 1)) : response.end(file);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  t.teardown(() => server.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    files,
    asked,
    open: (key = "kim") =>
      new S3Store(`s3://${key}:s%2Fcret@s3.example/birds?region=eu-1&endpoint=${encodeURIComponent(endpoint)}`),
  };
}

function listing(files: ReadonlyMap<string, Buffer>, after: string | null): string {
  const names = [...files.keys()].filter((name) => name > (after ?? "")).toSorted();
  const entries = names
    .slice(0, 2)
    .map((name) => `<Contents><Key>${name}</Key><Size>${files.get(name)!.length}</Size></Contents>`);
  const more = names.length > 2;
  return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${names[1]}</NextContinuationToken>` : ""}${entries.join("")}</ListBucketResult>`;
}

test("files go in, come out whole or in part, are listed page by page and removed", async (t) => {
  const { open, files } = await bucket(t);
  const store = open();

  for (const name of ["2026/a.jpg", "2026/b.jpg", "2026/c d.jpg"])
    await store.put(name, Buffer.from(`bytes of ${name}`), "image/jpeg");
  await store.check();
  const file = join(mkdtempSync(join(tmpdir(), "rookery-s3-")), "film");
  t.teardown(() => rmSync(dirname(file), { recursive: true }));
  writeFileSync(file, "bytes of a film");
  await store.putFile("2026/a.mp4", file, "video/mp4");
  t.is(files.get("2026/a.mp4")?.toString(), "bytes of a film");
  await store.remove("2026/a.mp4");

  t.is(Buffer.concat(await (await store.read("2026/a.jpg"))!.toArray()).toString(), "bytes of 2026/a.jpg");
  t.is(Buffer.concat(await (await store.read("2026/a.jpg", { from: 0, until: 4 }))!.toArray()).toString(), "bytes");
  t.is(await store.read("2026/none.jpg"), null);
  t.deepEqual(
    (await Array.fromAsync(store.list())).map((file) => file.name),
    ["2026/a.jpg", "2026/b.jpg", "2026/c d.jpg"],
  );
  await store.remove("2026/a.jpg");
  await store.remove("2026/a.jpg");
  t.is(files.size, 2);
});

test("a store that refuses or is away says so in a sentence", async (t) => {
  const { open } = await bucket(t);

  await t.throwsAsync(open("lee").put("a", Buffer.from("x"), "image/jpeg"), {
    message: /answered 403 when asked to store a: AccessDenied/,
  });
  await t.throwsAsync(new S3Store("s3://a:b@x/y?endpoint=http://127.0.0.1:9").check(), {
    message: /cannot be reached; check MEDIA_URL/,
  });
});
